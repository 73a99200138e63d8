package studbook.store.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/**
 * The rate of a run over time: the horses of its buckets by the working time in them. The only
 * place where it is computed. Pure.
 *
 * @param buckets oldest first
 */
public record RateCurve(List<HistoryBucket> buckets, RunTimeline timeline) {

  private static final int MOST_STEPS = 120;
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  /** Horses per second over a span. */
  public record RateStep(Instant from, Instant to, double perSecond) {}

  public RateCurve {
    buckets = List.copyOf(buckets);
  }

  /** Horses per second of working time between two times; 0 if nothing is known of it. */
  public double rate(Instant from, Instant to) {
    double horses = 0;
    double seconds = 0;
    for (HistoryBucket bucket : buckets) {
      Instant begin = bucket.from().isAfter(from) ? bucket.from() : from;
      Instant end = bucket.to().isBefore(to) ? bucket.to() : to;
      if (begin.isBefore(end)) {
        double share = seconds(begin, end) / seconds(bucket.from(), bucket.to());
        horses += share * bucket.horses();
        seconds += share * timeline.working(bucket.from(), bucket.to()).toNanos() / 1e9;
      }
    }
    return seconds == 0 ? 0 : horses / seconds;
  }

  /** Steps of about the same length while the run worked; a pause is a gap between two of them. */
  public List<RateStep> steps() {
    if (buckets.isEmpty()) {
      return List.of();
    }
    Duration even = timeline.working().dividedBy(MOST_STEPS);
    Duration length = even.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : even;
    List<RateStep> steps = new ArrayList<>();
    for (TimelineSpan span : timeline.workingSpans()) {
      long parts = Math.max(1, Math.round((double) span.duration().toNanos() / length.toNanos()));
      Duration part = span.duration().dividedBy(parts);
      for (int i = 0; i < parts; i++) {
        Instant from = span.from().plus(part.multipliedBy(i));
        Instant to = from.plus(part);
        steps.add(new RateStep(from, to, rate(from, to)));
      }
    }
    return steps;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
