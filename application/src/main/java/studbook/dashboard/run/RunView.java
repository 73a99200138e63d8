package studbook.dashboard.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import studbook.model.HorseStatus;
import studbook.monitor.MonitorData;
import studbook.monitor.MonitorData.RunMetrics;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.statistics.Bottleneck;

/**
 * The figures of a run as a page shows them.
 *
 * @param at by the database's clock
 */
public record RunView(Instant at, RunMetrics metrics) {

  /** Outcomes in the order of the bar, good ones first. */
  private static final List<HorseStatus> ORDER =
      List.of(
          HorseStatus.ENRICHED,
          HorseStatus.ALREADY_FILLED,
          HorseStatus.NO_DOB,
          HorseStatus.BASIC,
          HorseStatus.NOT_FOUND,
          HorseStatus.MISSING,
          HorseStatus.FAILED,
          HorseStatus.PENDING);

  /** The width of the bar in its own units. */
  public static final double BAR_WIDTH = 1_000;

  /** When the charts have changed last, in milliseconds; 0 if there is no sample. */
  public long sampledAt() {
    return metrics
        .snapshot()
        .history()
        .newest()
        .map(newest -> newest.at().toEpochMilli())
        .orElse(0L);
  }

  /**
   * A part of the bar.
   *
   * @param from its left edge
   */
  public record OutcomePart(HorseStatus status, long horses, double from, double width) {

    public String css() {
      return "outcome-" + status.text().replace('_', '-');
    }

    /** {@code no date of birth}. */
    public String label() {
      return switch (status) {
        case NO_DOB -> "no date of birth";
        case BASIC -> "basic profile only";
        default -> status.text().replace('_', ' ');
      };
    }
  }

  /** Empty if there is no run. */
  public static Optional<RunView> of(MonitorData data) {
    return data.run().map(metrics -> new RunView(data.at(), metrics));
  }

  public RunRow run() {
    return metrics.run();
  }

  public RunCounts counts() {
    return metrics.counts();
  }

  public RunStatus status() {
    return metrics.status();
  }

  /** {@code Backfill}. */
  public String kind() {
    String text = run().config().kind().text();
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Why it is paused or did not finish; empty otherwise. */
  public String reason() {
    String reason = run().reason();
    return reason == null ? "" : reason;
  }

  /** What limits it, in words; empty unless it runs. */
  public Optional<String> bottleneck() {
    return metrics.bound().filter(_ -> status() == RunStatus.RUNNING).map(Bottleneck::description);
  }

  public Optional<Duration> remaining() {
    return metrics.remaining(at);
  }

  /** All outcomes that occurred, as a stacked bar. */
  public List<OutcomePart> outcomes() {
    double[] left = {0};
    return ORDER.stream()
        .filter(status -> counts().of(status) > 0)
        .map(status -> {
          long horses = counts().of(status);
          double width = BAR_WIDTH * horses / Math.max(1, counts().total());
          OutcomePart part = new OutcomePart(status, horses, left[0], width);
          left[0] += width;
          return part;
        })
        .toList();
  }

  /** Whether a person can do something: it is not ended. */
  public boolean isUnfinished() {
    return run().isUnfinished();
  }
}
