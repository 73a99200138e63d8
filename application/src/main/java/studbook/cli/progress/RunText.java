package studbook.cli.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.store.run.RunCounts;
import studbook.text.BlockBars;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** An active run on one line. */
public final class RunText {

  private static final int BAR = 20;

  private RunText() {}

  /**
   * For a terminal, as much as fits: {@code Run 7 ▕███▏ 41% · 45,671 of 111,394 · 3.6 horses/s ·
   * ETA 02:58 BST · limited by the API}.
   *
   * @param width in columns
   */
  static String bar(ProgressSnapshot view, Clock clock, int width) {
    RunCounts tally = view.tally();
    List<String> parts = new ArrayList<>();
    parts.add("%d%%".formatted((int) tally.percent()));
    parts.add(HumanFormat.count(tally.processed()) + " of " + HumanFormat.count(tally.total()));
    if (view.pause().isPresent()) {
      parts.add("paused: " + view.pause().get());
    } else {
      parts.add(HumanFormat.rate(view.perSecond()) + " horses/s");
      parts.add(HumanFormat.eta(view.remaining(), clock));
    }
    if (tally.failed() > 0) {
      parts.add(HumanFormat.count(tally.failed(), "error"));
    }
    if (view.sweep().left() > 0) {
      parts.add("racecards: " + HumanFormat.count(view.sweep().left(), "day") + " left");
    }
    if (view.pause().isEmpty()) {
      parts.add("limited by " + view.bound().description());
    }
    String start = "Run " + view.run() + " ";
    String tail = joined(parts, width - start.length() - BAR - 3);
    return start + "▕" + BlockBars.bar(tally.percent(), BAR) + "▏ " + tail;
  }

  private static String joined(List<String> parts, int width) {
    StringBuilder line = new StringBuilder(parts.getFirst());
    for (String part : parts.subList(1, parts.size())) {
      if (line.length() + 3 + part.length() > width) {
        break;
      }
      line.append(" · ").append(part);
    }
    return line.toString();
  }

  /** For a log: everything. */
  static String line(ProgressSnapshot view, Clock clock) {
    RunCounts t = view.tally();
    String pace =
        view.pause()
            .map(reason -> "paused: " + reason)
            .orElseGet(() ->
                "%s horses/s · %s remaining · %s"
                    .formatted(
                        HumanFormat.rate(view.perSecond()),
                        HumanFormat.count(t.pending()),
                        HumanFormat.eta(view.remaining(), clock)));
    return "Run %d · %s of %s · %.1f%% · pedigrees %s · not found %s · errors %s · %s"
            .formatted(
                view.run(),
                HumanFormat.count(t.processed()),
                HumanFormat.count(t.total()),
                t.percent(),
                HumanFormat.count(t.withPedigree()),
                HumanFormat.count(t.notFound()),
                HumanFormat.count(t.failed()),
                pace)
        + RacecardScanText.progress(view.sweep());
  }

  /** The results of an ended run. */
  public static TextTable summary(RunCounts t, Duration took, double perSecond) {
    return TextTable.ofLabels(2)
        .row("Completed", HumanFormat.count(t.processed()), "of " + HumanFormat.count(t.total()))
        .row(
            "Enriched",
            HumanFormat.count(t.enriched()),
            HumanFormat.percent(t.enriched(), t.total()))
        .row("Without dob", HumanFormat.count(t.noDob()), HumanFormat.percent(t.noDob(), t.total()))
        .row(
            "Basic profile",
            HumanFormat.count(t.basic()),
            HumanFormat.percent(t.basic(), t.total()))
        .row(
            "Not found",
            HumanFormat.count(t.notFound()),
            HumanFormat.percent(t.notFound(), t.total()))
        .row(
            "Already filled",
            HumanFormat.count(t.alreadyFilled()),
            HumanFormat.percent(t.alreadyFilled(), t.total()))
        .row("Missing", HumanFormat.count(t.missing()), HumanFormat.percent(t.missing(), t.total()))
        .row("Errors", HumanFormat.count(t.failed()), HumanFormat.percent(t.failed(), t.total()))
        .row(
            "With pedigree",
            HumanFormat.count(t.withPedigree()),
            HumanFormat.percent(t.withPedigree(), t.total()))
        .row("Requests", HumanFormat.count(t.requests()), "")
        .row("This session", HumanFormat.duration(took), HumanFormat.rate(perSecond) + " horses/s");
  }
}
