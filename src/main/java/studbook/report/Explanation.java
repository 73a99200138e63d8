package studbook.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.PauseCause;
import studbook.text.Words;

/** Why a run took another time than its plan estimated, as far as the ledger tells. Pure. */
final class Explanation {

  /** Below this part of the estimate a difference is not worth a word. */
  private static final double WORTH_A_WORD = 0.02;

  /** So full a budget was the limit. */
  private static final double FULL = 0.9;

  private Explanation() {}

  /** Sentences; none where nothing was estimated or nothing differs. */
  static List<String> of(ExecutionReport report) {
    Optional<Duration> expected = report.run().expectation().duration();
    if (expected.isEmpty() || report.run().isUnfinished()) {
      return List.of();
    }
    Performance performance = report.performance();
    List<String> sentences = new ArrayList<>();
    Duration more = performance.whole().minus(expected.get());
    Duration least = leastWorthAWord(expected.get());
    if (more.abs().compareTo(least) <= 0) {
      sentences.add("The estimate of the duration was met.");
    } else {
      sentences.add(
          "It took %s %s than estimated."
              .formatted(Words.duration(more.abs()), more.isNegative() ? "less" : "longer"));
    }
    addWaits(sentences, report.timeline());
    Duration slower = performance.working().minus(expected.get());
    if (slower.compareTo(least) > 0) {
      addSlowness(sentences, report, slower);
    }
    return sentences;
  }

  private static Duration leastWorthAWord(Duration expected) {
    Duration part = Duration.ofMillis(Math.round(expected.toMillis() * WORTH_A_WORD));
    return part.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : part;
  }

  private static void addWaits(List<String> sentences, Timeline timeline) {
    for (PauseCause cause : PauseCause.values()) {
      add(sentences, timeline.paused(cause), "it was paused: " + name(cause));
    }
    add(sentences, timeline.in(Timeline.Doing.STOPPED), "it was stopped");
    add(sentences, timeline.in(Timeline.Doing.DEAD), "no process worked on it after one had died");
  }

  private static void add(List<String> sentences, Duration lasted, String what) {
    if (lasted.compareTo(Duration.ofMillis(500)) >= 0) {
      sentences.add("For %s %s.".formatted(Words.duration(lasted), what));
    }
  }

  private static void addSlowness(List<String> sentences, ExecutionReport report, Duration slower) {
    Performance performance = report.performance();
    boolean full = performance.budgetUsed().filter(used -> used >= FULL).isPresent();
    long more =
        report.performance().requests()
            - report.run().expectation().requests().orElse(performance.requests());
    sentences.add(
        full && more > 0
            ? "The work itself took %s longer: %s were sent than estimated, %s of them after a failure."
                .formatted(
                    Words.duration(slower),
                    Words.count(more, "more request"),
                    Words.count(performance.retries()))
            : "The work itself took %s longer: %s of the account's budget was used, the rest of the time answers were waited for."
                .formatted(
                    Words.duration(slower),
                    performance
                        .budgetUsed()
                        .map(used -> Words.percent(Math.round(used * 1000), 1000))
                        .orElse("all")));
  }

  /** What a run waited for, as people say it. */
  static String name(PauseCause cause) {
    return switch (cause) {
      case CREDENTIALS -> "the API refused the credentials";
      case API -> "the API gave no good answer";
      case API_LIMIT -> "the API asked to wait (429)";
      case DATABASE -> "the database could not be used";
    };
  }
}
