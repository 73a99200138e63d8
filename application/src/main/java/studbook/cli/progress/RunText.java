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
  static String bar(ProgressSnapshot snapshot, Clock clock, int width) {
    RunCounts counts = snapshot.counts();
    List<String> parts = new ArrayList<>();
    parts.add("%d%%".formatted((int) counts.percent()));
    parts.add(HumanFormat.count(counts.processed()) + " of " + HumanFormat.count(counts.total()));
    if (snapshot.pause().isPresent()) {
      parts.add("paused: " + snapshot.pause().get());
    } else {
      parts.add(HumanFormat.rate(snapshot.perSecond()) + " horses/s");
      parts.add(HumanFormat.eta(snapshot.remaining(), clock));
    }
    if (counts.failed() > 0) {
      parts.add(HumanFormat.count(counts.failed(), "error"));
    }
    if (snapshot.sweep().left() > 0) {
      parts.add("racecards: " + HumanFormat.count(snapshot.sweep().left(), "day") + " left");
    }
    if (snapshot.pause().isEmpty()) {
      parts.add("limited by " + snapshot.bound().description());
    }
    String start = "Run " + snapshot.run() + " ";
    String tail = joined(parts, width - start.length() - BAR - 3);
    return start + "▕" + BlockBars.bar(counts.percent(), BAR) + "▏ " + tail;
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
  static String line(ProgressSnapshot snapshot, Clock clock) {
    RunCounts t = snapshot.counts();
    String pace =
        snapshot
            .pause()
            .map(reason -> "paused: " + reason)
            .orElseGet(() ->
                "%s horses/s · %s remaining · %s"
                    .formatted(
                        HumanFormat.rate(snapshot.perSecond()),
                        HumanFormat.count(t.pending()),
                        HumanFormat.eta(snapshot.remaining(), clock)));
    return "Run %d · %s of %s · %.1f%% · pedigrees %s · not found %s · errors %s · %s"
            .formatted(
                snapshot.run(),
                HumanFormat.count(t.processed()),
                HumanFormat.count(t.total()),
                t.percent(),
                HumanFormat.count(t.withPedigree()),
                HumanFormat.count(t.notFound()),
                HumanFormat.count(t.failed()),
                pace)
        + RacecardScanText.progress(snapshot.sweep());
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
