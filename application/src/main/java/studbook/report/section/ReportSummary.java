package studbook.report.section;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.duration;
import static studbook.text.HumanFormat.rate;

import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.quality.CheckStatus;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.report.section.ReportTable.CellTone;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.text.HumanFormat;

/**
 * The top of a report.
 *
 * @param verdict whether the run was a success
 * @param state in a word or two
 * @param sentence a summary
 * @param keys the most important figures
 */
public record ReportSummary(
    String title,
    ReportVerdict verdict,
    String state,
    CellTone tone,
    String sentence,
    List<KeyFigure> keys) {

  /** The beginning of a report's title in every format, by which a file is recognised. */
  public static final String DOCUMENT = "Studbook execution report";

  /** A figure. */
  public record KeyFigure(String label, String figure, String note, CellTone tone) {

    KeyFigure(String label, String figure, String note) {
      this(label, figure, note, CellTone.PLAIN);
    }
  }

  public ReportSummary {
    keys = List.copyOf(keys);
  }

  /** The title without the product's name, which is above it. */
  public String heading() {
    String heading = title.substring(title.indexOf(' ') + 1);
    return heading.substring(0, 1).toUpperCase(Locale.ROOT) + heading.substring(1);
  }

  static ReportSummary of(ExecutionReport report, TimeFormat timeFormat) {
    return new ReportSummary(
        DOCUMENT + ": run " + report.run().id(),
        ReportVerdict.of(report.validation()),
        report.status().text(),
        tone(report),
        story(report, timeFormat) + " " + figures(report.counts()),
        keys(report));
  }

  private static CellTone tone(ExecutionReport report) {
    return switch (report.status()) {
      case FINISHED -> ReportVerdict.of(report.validation()).tone();
      case RUNNING -> CellTone.PLAIN;
      case PAUSED, STOPPED -> CellTone.WARNING;
      case DIED, CANCELLED, SUPERSEDED -> CellTone.BAD;
    };
  }

  private static String figures(RunCounts counts) {
    return "%s of %s completed, %s enriched, %s failed."
        .formatted(
            count(counts.processed()),
            count(counts.total(), "horse"),
            count(counts.enriched()),
            count(counts.failed()));
  }

  private static String story(ExecutionReport report, TimeFormat timeFormat) {
    RunRow run = report.run();
    String reason =
        run.reason() == null
            ? ""
            : " (" + UntrustedText.message(run.reason()).replaceFirst("^cancelled ", "") + ")";
    String ended = run.endedAt() == null ? "" : " on " + timeFormat.date(run.endedAt());
    return "The run started on "
        + timeFormat.date(run.startedAt())
        + switch (report.status()) {
          case RUNNING -> " and is in progress; these are its figures so far.";
          case PAUSED ->
              " and is paused%s%s."
                  .formatted(
                      reason,
                      isPausedByPerson(report) ? "" : "; it resumes as soon as the cause is fixed");
          case DIED -> "; its process died, and no other took over.";
          case STOPPED -> " and was stopped%s%s; it can be resumed.".formatted(ended, reason);
          case FINISHED -> " and finished%s.".formatted(ended);
          case CANCELLED -> " and was cancelled%s%s.".formatted(ended, reason);
          case SUPERSEDED -> "; a later run replaced it%s.".formatted(ended);
        };
  }

  private static boolean isPausedByPerson(ExecutionReport report) {
    return report.timeline().spans().stream()
        .reduce((_, span) -> span)
        .flatMap(TimelineSpan::cause)
        .filter(cause -> cause == PauseCause.MANUAL)
        .isPresent();
  }

  private static List<KeyFigure> keys(ExecutionReport report) {
    RunCounts counts = report.counts();
    RunPerformance performance = report.performance();
    String before =
        report.run().quality().before().map(score -> ", before " + rate(score)).orElse("");
    return List.of(
        new KeyFigure(
            "Completed", count(counts.processed()), "of " + count(counts.total(), "horse")),
        key("Enriched", counts.enriched(), counts, CellTone.PLAIN),
        key("With pedigree", counts.withPedigree(), counts, CellTone.PLAIN),
        key("Not found", counts.notFound(), counts, CellTone.PLAIN),
        key("Failed", counts.failed(), counts, failedTone(report)),
        new KeyFigure(
            "Duration",
            duration(performance.elapsed()),
            duration(performance.working()) + " working"),
        new KeyFigure(
            "Average rate", rate(performance.perSecond()) + "/s", "horses, while working"),
        new KeyFigure(
            "Data quality",
            report.qualityNow().map(HumanFormat::rate).orElse("–"),
            "score of 100" + before));
  }

  private static CellTone failedTone(ExecutionReport report) {
    if (report.counts().failed() == 0) {
      return report.counts().processed() == 0 ? CellTone.PLAIN : CellTone.GOOD;
    }
    return report.validation().criteria().stream()
            .anyMatch(criterion ->
                criterion.key().equals("errors") && criterion.status() == CheckStatus.FAIL)
        ? CellTone.BAD
        : CellTone.WARNING;
  }

  private static KeyFigure key(String label, long horses, RunCounts counts, CellTone tone) {
    return new KeyFigure(
        label,
        count(horses),
        HumanFormat.percent(horses, counts.processed()) + " of completed",
        tone);
  }
}
