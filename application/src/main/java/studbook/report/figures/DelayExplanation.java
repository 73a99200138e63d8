package studbook.report.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.Bottleneck;
import studbook.store.work.RunEventRepository;
import studbook.text.HumanFormat;

/** Why a run took another time than its plan estimated, as far as the ledger tells. Pure. */
public final class DelayExplanation {

  /** Below this part of the estimate a difference is not worth a word. */
  private static final double WORTH_A_WORD = 0.02;

  private static final double MOSTLY = 0.5;

  private DelayExplanation() {}

  /** Sentences; none where nothing was estimated, or where the run did not finish. */
  public static List<String> of(ExecutionReport report) {
    Optional<Duration> expected = report.run().expectation().duration();
    if (expected.isEmpty() || report.run().state() != RunState.FINISHED) {
      return List.of();
    }
    RunPerformance performance = report.performance();
    List<String> sentences = new ArrayList<>();
    Duration more = performance.whole().minus(expected.get());
    Duration least = leastWorthAWord(expected.get());
    if (more.abs().compareTo(least) <= 0) {
      sentences.add("The estimate of the duration was met.");
    } else {
      sentences.add(
          "It took %s %s than estimated."
              .formatted(HumanFormat.duration(more.abs()), more.isNegative() ? "less" : "longer"));
    }
    addWaits(sentences, report);
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

  private static void addWaits(List<String> sentences, ExecutionReport report) {
    RunTimeline timeline = report.timeline();
    for (PauseCause cause : PauseCause.values()) {
      add(sentences, timeline.paused(cause), "it was paused: " + name(cause, report.log()));
    }
    add(sentences, timeline.in(RunTimeline.RunActivity.STOPPED), "it was stopped");
    add(
        sentences,
        timeline.in(RunTimeline.RunActivity.DEAD),
        "no process worked on it after one had died");
  }

  private static void add(List<String> sentences, Duration lasted, String what) {
    if (lasted.compareTo(Duration.ofMillis(500)) >= 0) {
      sentences.add("For %s %s.".formatted(HumanFormat.duration(lasted), what));
    }
  }

  private static void addSlowness(List<String> sentences, ExecutionReport report, Duration slower) {
    RunPerformance performance = report.performance();
    sentences.add("The work itself took %s longer.".formatted(HumanFormat.duration(slower)));
    long expected = report.run().expectation().requests().orElse(performance.requests());
    if (performance.requests() > expected) {
      sentences.add(
          "%s were sent than estimated; %s followed one that had failed."
              .formatted(
                  HumanFormat.count(performance.requests() - expected, "more request"),
                  HumanFormat.count(performance.retries())));
    }
    if (performance.throttled() > 0) {
      sentences.add(
          "The API answered 429 (too many requests) %s; several in a row lower the rate for ten minutes."
              .formatted(HumanFormat.count(performance.throttled(), "time")));
    }
    if (performance.boundBy(Bottleneck.API_LATENCY) >= MOSTLY) {
      sentences.add("Most of the time it waited for answers and not for the account's limit.");
    }
  }

  /** What a run waited for, as people say it; of a pause by people, who they were. */
  public static String name(PauseCause cause, List<RunEventRepository.RunEvent> log) {
    String people =
        log.stream()
            .filter(_ -> cause == PauseCause.MANUAL)
            .filter(event -> event.cause().equals(Optional.of(cause)))
            .flatMap(event -> event.detail().stream())
            .distinct()
            .map(UntrustedText::message)
            .collect(Collectors.joining(", "));
    return people.isEmpty() ? name(cause) : people;
  }

  private static String name(PauseCause cause) {
    return switch (cause) {
      case CREDENTIALS -> "the API refused the credentials";
      case API -> "the API gave no good answer";
      case ENDPOINT -> "the API knew no horses any more (404)";
      case API_LIMIT -> "the API asked to wait (Retry-After), or its limit was used up";
      case DATABASE -> "the database could not be used";
      case REJECTIONS -> "the database refused too many rows";
      case PAYLOAD -> "the API's profiles lacked fields that they had before";
      case MANUAL -> "a person paused it";
    };
  }
}
