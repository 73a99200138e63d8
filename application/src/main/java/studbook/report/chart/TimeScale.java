package studbook.report.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps times to positions on a line. Gaps are drawn to scale, but limited to a small part of the
 * rest: a run that was stopped over the weekend is not a line and two dots. Pure.
 */
public final class TimeScale {

  /** As a share of the time outside of gaps. */
  private static final double LONGEST_GAP = 0.06;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7));

  /** A part of the time; parts are consecutive. */
  public record ScalePart(Instant from, Instant to, boolean gap) {

    private double seconds() {
      return Duration.between(from, to).toMillis() / 1e3;
    }
  }

  private record PlacedTick(ScalePart part, double from, double to) {

    double at(Instant moment) {
      double whole = part.seconds();
      double share =
          whole == 0 ? 0 : Duration.between(part.from(), moment).toMillis() / 1e3 / whole;
      return from + share * (to - from);
    }
  }

  private final List<PlacedTick> placed = new ArrayList<>();
  private final double drawnSeconds;

  /** A scale from {@code left} to {@code right} on the page. */
  public TimeScale(List<ScalePart> parts, double left, double right) {
    double working =
        parts.stream().filter(part -> !part.gap()).mapToDouble(ScalePart::seconds).sum();
    double longest = working == 0 ? Double.MAX_VALUE : working * LONGEST_GAP;
    drawnSeconds = parts.stream().mapToDouble(part -> drawn(part, longest)).sum();
    double x = left;
    for (ScalePart part : parts) {
      double next =
          x + (drawnSeconds == 0 ? 0 : drawn(part, longest) / drawnSeconds * (right - left));
      placed.add(new PlacedTick(part, x, next));
      x = next;
    }
  }

  private static double drawn(ScalePart part, double longestGap) {
    return part.gap() ? Math.min(part.seconds(), longestGap) : part.seconds();
  }

  /** The position of a time; earlier and later times are at the ends. */
  public double at(Instant moment) {
    for (PlacedTick tick : placed) {
      if (!moment.isAfter(tick.part().to())) {
        return moment.isBefore(tick.part().from()) ? tick.from() : tick.at(moment);
      }
    }
    return placed.isEmpty() ? 0 : placed.getLast().to();
  }

  /** The time between two ticks for about {@code most} of them. */
  public Duration step(int most) {
    return STEPS.stream()
        .filter(step -> drawnSeconds / step.toSeconds() <= most)
        .findFirst()
        .orElse(STEPS.getLast().multipliedBy((long) Math.ceil(drawnSeconds / most / 604_800)));
  }

  /** Round times in a zone, outside of gaps. */
  public List<Instant> ticks(Duration step, ZoneId zone) {
    List<Instant> ticks = new ArrayList<>();
    for (PlacedTick one : placed) {
      if (!one.part().gap()) {
        Instant tick = roundedUp(one.part().from(), step, zone);
        while (!tick.isAfter(one.part().to())) {
          ticks.add(tick);
          tick = tick.plus(step);
        }
      }
    }
    return ticks;
  }

  private static Instant roundedUp(Instant moment, Duration step, ZoneId zone) {
    long offset = zone.getRules().getOffset(moment).getTotalSeconds();
    long local = moment.plusNanos(999_999_999).getEpochSecond() + offset;
    return Instant.ofEpochSecond(Math.ceilDiv(local, step.toSeconds()) * step.toSeconds() - offset);
  }
}
