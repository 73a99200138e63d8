package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.quality.CheckStatus;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.text.HumanFormat;

/**
 * What stands above everything else.
 *
 * @param verdict whether the run was a success
 * @param state in a word or two
 * @param sentence that tells the whole story
 * @param keys the figures that everybody looks for
 */
public record ReportSummary(
    String title,
    ReportVerdict verdict,
    String state,
    ReportTable.CellTone tone,
    String sentence,
    List<KeyFigure> keys) {

  /** How a report's title begins, in every format: by it a file is known as ours. */
  public static final String DOCUMENT = "Studbook execution report";

  /** A figure. */
  public record KeyFigure(String label, String figure, String note, ReportTable.CellTone tone) {

    KeyFigure(String label, String figure, String note) {
      this(label, figure, note, ReportTable.CellTone.PLAIN);
    }
  }

  public ReportSummary {
    keys = List.copyOf(keys);
  }

  /** The title without the product's name, which stands above it. */
  public String heading() {
    String heading = title.substring(title.indexOf(' ') + 1);
    return heading.substring(0, 1).toUpperCase(Locale.ROOT) + heading.substring(1);
  }

  static ReportSummary of(ExecutionReport report, TimeFormat moments) {
    return new ReportSummary(
        DOCUMENT + ": run " + report.run().id(),
        ReportVerdict.of(report.validation()),
        state(report),
        tone(report),
        sentence(report, moments),
        keys(report));
  }

  private static String state(ExecutionReport report) {
    return switch (report.run().state()) {
      case RUNNING -> report.isAbandoned() ? "process died" : "running";
      case PAUSED -> report.isAbandoned() ? "process died" : "paused";
      case STOPPED -> "stopped";
      case FINISHED -> "finished";
      case CANCELLED -> "cancelled";
      case SUPERSEDED -> "superseded";
    };
  }

  private static ReportTable.CellTone tone(ExecutionReport report) {
    return switch (report.run().state()) {
      case FINISHED -> ReportVerdict.of(report.validation()).tone();
      case RUNNING -> report.isAbandoned() ? ReportTable.CellTone.BAD : ReportTable.CellTone.PLAIN;
      case PAUSED -> report.isAbandoned() ? ReportTable.CellTone.BAD : ReportTable.CellTone.WARNING;
      case STOPPED -> ReportTable.CellTone.WARNING;
      case CANCELLED, SUPERSEDED -> ReportTable.CellTone.BAD;
    };
  }

  private static String sentence(ExecutionReport report, TimeFormat moments) {
    RunRepository.RunRow run = report.run();
    RunCounts tally = report.tally();
    String figures =
        "%s of %s were processed, %s enriched, %s failed."
            .formatted(
                HumanFormat.count(tally.processed()),
                HumanFormat.count(tally.total(), "horse"),
                HumanFormat.count(tally.enriched()),
                HumanFormat.count(tally.failed()));
    String reason =
        run.reason() == null
            ? ""
            : " (" + UntrustedText.message(run.reason()).replaceFirst("^cancelled ", "") + ")";
    String began = moments.date(run.startedAt());
    String ended = run.endedAt() == null ? "" : moments.date(run.endedAt());
    String story =
        switch (run.state()) {
          case RUNNING ->
              report.isAbandoned()
                  ? "The run began on %s; its process died, and no other has taken it over."
                      .formatted(began)
                  : "The run began on %s and is under way; these are its figures so far."
                      .formatted(began);
          case PAUSED ->
              report.isAbandoned()
                  ? "The run began on %s; its process died while it was paused%s."
                      .formatted(began, reason)
                  : "The run began on %s and is paused%s%s."
                      .formatted(
                          began,
                          reason,
                          isPausedByPerson(report)
                              ? ""
                              : "; it continues by itself as soon as the cause is gone");
          case STOPPED ->
              "The run began on %s and was stopped on %s%s; it can be resumed."
                  .formatted(began, ended, reason);
          case FINISHED -> "The run began on %s and finished on %s.".formatted(began, ended);
          case CANCELLED ->
              "The run began on %s and was cancelled on %s%s.".formatted(began, ended, reason);
          case SUPERSEDED ->
              "The run began on %s; a later run took its place on %s before it was finished."
                  .formatted(began, ended);
        };
    return story + " " + figures;
  }

  private static boolean isPausedByPerson(ExecutionReport report) {
    return report.timeline().spans().stream()
        .reduce((_, later) -> later)
        .flatMap(RunTimeline.TimelineSpan::cause)
        .filter(cause -> cause == PauseCause.MANUAL)
        .isPresent();
  }

  private static List<KeyFigure> keys(ExecutionReport report) {
    RunCounts tally = report.tally();
    RunPerformance performance = report.performance();
    List<KeyFigure> keys = new ArrayList<>();
    keys.add(
        new KeyFigure(
            "Processed",
            HumanFormat.count(tally.processed()),
            "of " + HumanFormat.count(tally.total(), "horse")));
    keys.add(key("Enriched", tally.enriched(), tally));
    keys.add(key("With pedigree", tally.withPedigree(), tally));
    keys.add(key("Not found", tally.notFound(), tally));
    keys.add(
        new KeyFigure(
            "Failed",
            HumanFormat.count(tally.failed()),
            HumanFormat.percent(tally.failed(), tally.processed()) + " of processed",
            failedTone(report)));
    keys.add(
        new KeyFigure(
            "Duration",
            HumanFormat.duration(performance.whole()),
            HumanFormat.duration(performance.working()) + " at work"));
    keys.add(
        new KeyFigure(
            "Average rate",
            HumanFormat.rate(performance.perSecond()) + "/s",
            "horses, while at work"));
    String before =
        report
            .run()
            .quality()
            .before()
            .map(score -> ", before it " + HumanFormat.rate(score))
            .orElse("");
    keys.add(
        new KeyFigure(
            "Data quality",
            report.qualityNow().map(HumanFormat::rate).orElse("–"),
            "score of 100" + before));
    return keys;
  }

  private static ReportTable.CellTone failedTone(ExecutionReport report) {
    if (report.tally().failed() == 0) {
      return report.tally().processed() == 0
          ? ReportTable.CellTone.PLAIN
          : ReportTable.CellTone.GOOD;
    }
    return report.validation().criteria().stream()
            .anyMatch(criterion ->
                criterion.key().equals("errors") && criterion.result() == CheckStatus.FAIL)
        ? ReportTable.CellTone.BAD
        : ReportTable.CellTone.WARNING;
  }

  private static KeyFigure key(String label, long horses, RunCounts tally) {
    return new KeyFigure(
        label,
        HumanFormat.count(horses),
        HumanFormat.percent(horses, tally.processed()) + " of processed");
  }
}
