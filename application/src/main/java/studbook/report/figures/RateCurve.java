package studbook.report.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.store.statistics.ThroughputSamples.ThroughputSample;

/**
 * The rate of a run over time, smoothed to the steps of a chart. Pure.
 *
 * @param steps while the run worked, oldest first; a pause is a gap between two of them
 */
public record RateCurve(List<RateStep> steps) {

  private static final int MOST_STEPS = 120;
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  /** Horses a second over a span. */
  public record RateStep(Instant from, Instant to, double perSecond) {}

  public RateCurve {
    steps = List.copyOf(steps);
  }

  static RateCurve of(Instant start, RunTimeline timeline, List<ThroughputSample> samples) {
    if (samples.isEmpty()) {
      return new RateCurve(List.of());
    }
    RateSum sum = new RateSum(start, samples);
    Duration even = timeline.working().dividedBy(MOST_STEPS);
    Duration length = even.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : even;
    List<RateStep> steps = new ArrayList<>();
    for (TimelineSpan span : timeline.workingSpans()) {
      long parts = Math.max(1, Math.round((double) span.duration().toNanos() / length.toNanos()));
      Duration part = span.duration().dividedBy(parts);
      for (int i = 0; i < parts; i++) {
        Instant from = span.from().plus(part.multipliedBy(i));
        Instant to = from.plus(part);
        double seconds = part.toNanos() / 1e9;
        steps.add(new RateStep(from, to, seconds > 0 ? (sum.at(to) - sum.at(from)) / seconds : 0));
      }
    }
    return new RateCurve(steps);
  }

  /** The maximum horses a second of any step. */
  public double peak() {
    return steps.stream().mapToDouble(RateStep::perSecond).max().orElse(0);
  }

  /** Horses completed by any time, interpolated between two samples. */
  private static final class RateSum {

    private final Instant start;
    private final double[] seconds;
    private final double[] processed;

    RateSum(Instant start, List<ThroughputSample> samples) {
      this.start = start;
      seconds = new double[samples.size() + 1];
      processed = new double[samples.size() + 1];
      for (int i = 0; i < samples.size(); i++) {
        seconds[i + 1] = Math.max(seconds[i], since(samples.get(i).at()));
        // One process may know fewer than another did a moment before.
        processed[i + 1] = Math.max(processed[i], (double) samples.get(i).processed());
      }
    }

    private double since(Instant instant) {
      return Duration.between(start, instant).toNanos() / 1e9;
    }

    double at(Instant instant) {
      double moment = since(instant);
      int found = Arrays.binarySearch(seconds, moment);
      int after = found >= 0 ? found : -found - 1;
      if (found >= 0 || after == 0 || after == seconds.length) {
        return processed[Math.min(after, seconds.length - 1)];
      }
      double share = (moment - seconds[after - 1]) / (seconds[after] - seconds[after - 1]);
      return processed[after - 1] + share * (processed[after] - processed[after - 1]);
    }
  }
}
