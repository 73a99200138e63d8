package studbook.report.figures;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.duration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.statistics.Bottleneck;
import studbook.store.work.RunEventRepository.RunEvent;

/** Why the duration of a run differs from the estimate. Pure. */
public final class DelayExplanation {

  /** Smaller differences from the estimate are ignored. */
  private static final double MIN_SHARE = 0.02;

  private static final double MOSTLY = 0.5;

  private DelayExplanation() {}

  /** Sentences; none without an estimate, or if the run did not finish. */
  public static List<String> of(ExecutionReport report) {
    Optional<Duration> expected = report.run().estimate().duration();
    if (expected.isEmpty() || report.run().state() != RunState.FINISHED) {
      return List.of();
    }
    RunPerformance performance = report.performance();
    List<String> sentences = new ArrayList<>();
    Duration more = performance.elapsed().minus(expected.get());
    Duration least = minDifference(expected.get());
    if (more.abs().compareTo(least) <= 0) {
      sentences.add("The estimate of the duration was met.");
    } else {
      sentences.add(
          "It took %s %s than estimated."
              .formatted(duration(more.abs()), more.isNegative() ? "less" : "longer"));
    }
    addWaits(sentences, report);
    Duration slower = performance.working().minus(expected.get());
    if (slower.compareTo(least) > 0) {
      addSlowness(sentences, report, slower);
    }
    return sentences;
  }

  private static Duration minDifference(Duration expected) {
    Duration part = Duration.ofMillis(Math.round(expected.toMillis() * MIN_SHARE));
    return part.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : part;
  }

  private static void addWaits(List<String> sentences, ExecutionReport report) {
    RunTimeline timeline = report.timeline();
    for (PauseCause cause : PauseCause.values()) {
      add(sentences, timeline.paused(cause), "it was paused: " + name(cause, report.log()));
    }
    add(sentences, timeline.in(RunActivity.STOPPED), "it was stopped");
    add(sentences, timeline.in(RunActivity.DEAD), "no process worked on it after its process died");
  }

  private static void add(List<String> sentences, Duration lasted, String what) {
    if (lasted.compareTo(Duration.ofMillis(500)) >= 0) {
      sentences.add("For %s %s.".formatted(duration(lasted), what));
    }
  }

  private static void addSlowness(List<String> sentences, ExecutionReport report, Duration slower) {
    RunPerformance performance = report.performance();
    sentences.add("The work itself took %s longer.".formatted(duration(slower)));
    long expected = report.run().estimate().requests().orElse(performance.requests());
    if (performance.requests() > expected) {
      String retries =
          performance.retries() == 0
              ? ""
              : "; %s followed a failed one".formatted(count(performance.retries()));
      sentences.add(
          "%s were sent than estimated%s."
              .formatted(count(performance.requests() - expected, "more request"), retries));
    }
    if (performance.throttled() > 0) {
      sentences.add(
          "The API returned 429 (too many requests) %s; several in a row reduce the rate limit for ten minutes."
              .formatted(count(performance.throttled(), "time")));
    }
    if (performance.boundBy(Bottleneck.API_LATENCY) >= MOSTLY) {
      sentences.add("Most of the time it waited for responses, not for the rate limit.");
    }
  }

  /** The cause of a pause in words; for a manual pause who it was. */
  public static String name(PauseCause cause, List<RunEvent> log) {
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
      case CREDENTIALS -> "the API rejected the credentials";
      case API -> "the API did not respond properly";
      case ENDPOINT -> "the API answered 404 for every horse";
      case API_LIMIT -> "the API sent Retry-After, or the rate limit was exhausted";
      case DATABASE -> "the database was unavailable";
      case REJECTIONS -> "the database rejected too many rows";
      case PAYLOAD -> "the API's profiles lacked fields that they had before";
      case MANUAL -> "a person paused it";
    };
  }
}
