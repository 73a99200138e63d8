package studbook.cli.progress;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.eta;
import static studbook.text.HumanFormat.rate;

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
    parts.add(count(counts.processed()) + " of " + count(counts.total()));
    if (snapshot.pause().isPresent()) {
      parts.add("paused");
    } else {
      parts.add(rate(snapshot.perSecond()) + " horses/s");
      parts.add(eta(snapshot.remaining(), clock));
    }
    if (counts.failed() > 0) {
      parts.add(count(counts.failed()) + " failed");
    }
    if (snapshot.racecardScan().left() > 0) {
      parts.add("racecards: " + count(snapshot.racecardScan().left(), "day") + " left");
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
                        rate(snapshot.perSecond()),
                        count(t.pending()),
                        eta(snapshot.remaining(), clock)));
    return "Run %d · %s of %s · %.1f%% · pedigrees %s · not found %s · failed %s · %s"
            .formatted(
                snapshot.run(),
                count(t.processed()),
                count(t.total()),
                t.percent(),
                count(t.withPedigree()),
                count(t.notFound()),
                count(t.failed()),
                pace)
        + RacecardScanText.progress(snapshot.racecardScan());
  }

  /** The results of an ended run. */
  public static TextTable summary(RunCounts t, Duration took, double perSecond) {
    return TextTable.ofLabels(2)
        .row("Completed", count(t.processed()), "of " + count(t.total()))
        .share("Enriched", t.enriched(), t.total())
        .share("Without dob", t.noDob(), t.total())
        .share("Basic profile", t.basic(), t.total())
        .share("Not found", t.notFound(), t.total())
        .share("Already filled", t.alreadyFilled(), t.total())
        .share("Missing", t.missing(), t.total())
        .share("Failed", t.failed(), t.total())
        .share("With pedigree", t.withPedigree(), t.total())
        .row("Requests", count(t.requests()), "")
        .row("This session", HumanFormat.duration(took), rate(perSecond) + " horses/s");
  }
}
