package studbook.cli.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.backfill.progress.RunView;
import studbook.store.run.Tally;
import studbook.text.Blocks;
import studbook.text.LimitingFactor;
import studbook.text.Table;
import studbook.text.Words;

/** A run under way, on one line. */
public final class RunText {

  private static final int BAR = 20;

  private RunText() {}

  /**
   * For a terminal, as much as fits: {@code Run 7 ▕███▏ 41% · 45,671 of 111,394 · 3.6 horses/s ·
   * ETA 02:58 BST · limited by the API}.
   *
   * @param width in columns
   */
  static String bar(RunView view, Clock clock, int width) {
    Tally tally = view.tally();
    List<String> parts = new ArrayList<>();
    parts.add("%d%%".formatted((int) tally.percent()));
    parts.add(Words.count(tally.processed()) + " of " + Words.count(tally.total()));
    if (view.pause().isPresent()) {
      parts.add("paused: " + view.pause().get());
    } else {
      parts.add(Words.rate(view.perSecond()) + " horses/s");
      parts.add(Words.eta(view.remaining(), clock));
    }
    if (tally.failed() > 0) {
      parts.add(Words.count(tally.failed(), "error"));
    }
    if (view.sweep().left() > 0) {
      parts.add("racecards: " + Words.count(view.sweep().left(), "day") + " left");
    }
    if (view.pause().isEmpty()) {
      parts.add("limited by " + LimitingFactor.words(view.bound()));
    }
    String start = "Run " + view.run() + " ";
    String tail = joined(parts, width - start.length() - BAR - 3);
    return start + "▕" + Blocks.bar(tally.percent(), BAR) + "▏ " + tail;
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
  static String line(RunView view, Clock clock) {
    Tally t = view.tally();
    String pace =
        view.pause()
            .map(reason -> "paused: " + reason)
            .orElseGet(() ->
                "%s horses/s · %s remaining · %s"
                    .formatted(
                        Words.rate(view.perSecond()),
                        Words.count(t.pending()),
                        Words.eta(view.remaining(), clock)));
    return "Run %d · %s of %s · %.1f%% · pedigrees %s · not found %s · errors %s · %s"
            .formatted(
                view.run(),
                Words.count(t.processed()),
                Words.count(t.total()),
                t.percent(),
                Words.count(t.withPedigree()),
                Words.count(t.notFound()),
                Words.count(t.failed()),
                pace)
        + SweepText.progress(view.sweep());
  }

  /** What it came to, when it has ended. */
  public static Table summary(Tally t, Duration took, double perSecond) {
    return new Table()
        .row("Processed", Words.count(t.processed()), "of " + Words.count(t.total()))
        .row("Enriched", Words.count(t.enriched()), Words.percent(t.enriched(), t.total()))
        .row("Without dob", Words.count(t.noDob()), Words.percent(t.noDob(), t.total()))
        .row("Basic profile", Words.count(t.basic()), Words.percent(t.basic(), t.total()))
        .row("Not found", Words.count(t.notFound()), Words.percent(t.notFound(), t.total()))
        .row(
            "Already filled",
            Words.count(t.alreadyFilled()),
            Words.percent(t.alreadyFilled(), t.total()))
        .row("Gone", Words.count(t.gone()), Words.percent(t.gone(), t.total()))
        .row("Errors", Words.count(t.failed()), Words.percent(t.failed(), t.total()))
        .row(
            "With pedigree",
            Words.count(t.withPedigree()),
            Words.percent(t.withPedigree(), t.total()))
        .row("Requests", Words.count(t.requests()), "")
        .row("This session", Words.duration(took), Words.rate(perSecond) + " horses/s");
  }
}
