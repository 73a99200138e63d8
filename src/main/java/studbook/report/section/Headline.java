package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.quality.Result;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Moments;
import studbook.report.figures.Outside;
import studbook.report.figures.Performance;
import studbook.store.run.RunTimeline;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.text.Words;

/**
 * What stands above everything else.
 *
 * @param verdict whether the run was a success
 * @param state in a word or two
 * @param sentence that tells the whole story
 * @param keys the figures that everybody looks for
 */
public record Headline(
    String title,
    ReportVerdict verdict,
    String state,
    Sheet.Tone tone,
    String sentence,
    List<Key> keys) {

  /** How a report's title begins, in every format: by it a file is known as ours. */
  public static final String DOCUMENT = "Studbook execution report";

  /** A figure. */
  public record Key(String label, String figure, String note, Sheet.Tone tone) {

    Key(String label, String figure, String note) {
      this(label, figure, note, Sheet.Tone.PLAIN);
    }
  }

  public Headline {
    keys = List.copyOf(keys);
  }

  /** The title without the product's name, which stands above it. */
  public String heading() {
    String heading = title.substring(title.indexOf(' ') + 1);
    return heading.substring(0, 1).toUpperCase(Locale.ROOT) + heading.substring(1);
  }

  static Headline of(ExecutionReport report, Moments moments) {
    return new Headline(
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

  private static Sheet.Tone tone(ExecutionReport report) {
    return switch (report.run().state()) {
      case FINISHED -> ReportVerdict.of(report.validation()).tone();
      case RUNNING -> report.isAbandoned() ? Sheet.Tone.BAD : Sheet.Tone.PLAIN;
      case PAUSED -> report.isAbandoned() ? Sheet.Tone.BAD : Sheet.Tone.WARNING;
      case STOPPED -> Sheet.Tone.WARNING;
      case CANCELLED, SUPERSEDED -> Sheet.Tone.BAD;
    };
  }

  private static String sentence(ExecutionReport report, Moments moments) {
    Runs.Run run = report.run();
    Tally tally = report.tally();
    String figures =
        "%s of %s were processed, %s enriched, %s failed."
            .formatted(
                Words.count(tally.processed()),
                Words.count(tally.total(), "horse"),
                Words.count(tally.enriched()),
                Words.count(tally.failed()));
    String reason =
        run.reason() == null
            ? ""
            : " (" + Outside.message(run.reason()).replaceFirst("^cancelled ", "") + ")";
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
        .flatMap(RunTimeline.Span::cause)
        .filter(cause -> cause == PauseCause.PERSON)
        .isPresent();
  }

  private static List<Key> keys(ExecutionReport report) {
    Tally tally = report.tally();
    Performance performance = report.performance();
    List<Key> keys = new ArrayList<>();
    keys.add(
        new Key(
            "Processed",
            Words.count(tally.processed()),
            "of " + Words.count(tally.total(), "horse")));
    keys.add(key("Enriched", tally.enriched(), tally));
    keys.add(key("With pedigree", tally.withPedigree(), tally));
    keys.add(key("Not found", tally.notFound(), tally));
    keys.add(
        new Key(
            "Failed",
            Words.count(tally.failed()),
            Words.percent(tally.failed(), tally.processed()) + " of processed",
            failedTone(report)));
    keys.add(
        new Key(
            "Duration",
            Words.duration(performance.whole()),
            Words.duration(performance.working()) + " at work"));
    keys.add(
        new Key(
            "Average rate", Words.rate(performance.perSecond()) + "/s", "horses, while at work"));
    String before =
        report.run().quality().before().map(score -> ", before it " + Words.rate(score)).orElse("");
    keys.add(
        new Key(
            "Data quality",
            report.qualityNow().map(Words::rate).orElse("–"),
            "score of 100" + before));
    return keys;
  }

  private static Sheet.Tone failedTone(ExecutionReport report) {
    if (report.tally().failed() == 0) {
      return report.tally().processed() == 0 ? Sheet.Tone.PLAIN : Sheet.Tone.GOOD;
    }
    return report.validation().criteria().stream()
            .anyMatch(
                criterion -> criterion.key().equals("errors") && criterion.result() == Result.FAIL)
        ? Sheet.Tone.BAD
        : Sheet.Tone.WARNING;
  }

  private static Key key(String label, long horses, Tally tally) {
    return new Key(
        label, Words.count(horses), Words.percent(horses, tally.processed()) + " of processed");
  }
}
