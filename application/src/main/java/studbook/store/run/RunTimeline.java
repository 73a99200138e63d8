package studbook.store.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.model.PauseCause;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;
import studbook.time.Rate;

/**
 * When a run worked and when it did not, from start to end without gaps. The only place where
 * working time is computed: every displayed time or rate of a run uses it. Pure.
 *
 * @param spans oldest first
 */
public record RunTimeline(List<TimelineSpan> spans) {

  /**
   * A process samples its run at least every ten seconds, so one that is silent for longer is dead.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** The activity of a run in a span. */
  public enum RunActivity {
    WORKING,
    /** It waited for the API, the database, or a person. */
    PAUSED,
    /** A person or a signal stopped it. */
    STOPPED,
    /** Its process was dead. */
    DEAD;

    /** As in JSON. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A span of one activity.
   *
   * @param cause of a pause, or of a stop that was not manual
   */
  public record TimelineSpan(
      RunActivity activity, Instant from, Instant to, Optional<PauseCause> cause) {

    public Duration duration() {
      return Duration.between(from, to);
    }

    /**
     * {@code paused 2026-03-01T12:00:00Z 2026-03-01T12:05:00Z api}; without a cause three words.
     */
    private String line() {
      return String.join(" ", activity.text(), from.toString(), to.toString())
          + cause.map(known -> " " + known.text()).orElse("");
    }

    private static TimelineSpan ofLine(String line) {
      String[] words = line.split(" ", 4);
      return new TimelineSpan(
          RunActivity.valueOf(words[0].toUpperCase(Locale.ROOT)),
          Instant.parse(words[1]),
          Instant.parse(words[2]),
          words.length > 3 ? Optional.of(PauseCause.of(words[3])) : Optional.empty());
    }
  }

  public RunTimeline {
    spans = List.copyOf(spans);
  }

  /**
   * Computes the timeline.
   *
   * @param events oldest first
   * @param samples times at which a process sampled the run; the last before each event and before
   *     {@code until} are enough
   * @param until the end of the run, or now if it is unfinished
   * @param alive whether the run has ended or a live process owns it
   */
  public static RunTimeline of(
      Instant start,
      List<RunEventRepository.RunEvent> events,
      NavigableSet<Instant> samples,
      Instant until,
      boolean alive) {
    OutageIntervals intervals = OutageIntervals.of(events);
    TimelineReader reader = new TimelineReader(start, samples);
    intervals.others().forEach(reader::read);
    return intervals.within(reader.end(until, alive));
  }

  /** One line for each span: how the timeline is stored once the run's events are archived. */
  public List<String> lines() {
    return spans.stream().map(TimelineSpan::line).toList();
  }

  /** The timeline that {@link #lines} describes. */
  static RunTimeline ofLines(List<String> lines) {
    return new RunTimeline(lines.stream().map(TimelineSpan::ofLine).toList());
  }

  /** Total time of one activity. */
  public Duration in(RunActivity activity) {
    return sum(spans.stream().filter(span -> span.activity() == activity).toList());
  }

  public Duration working() {
    return in(RunActivity.WORKING);
  }

  /** Working time between two times. */
  public Duration working(Instant from, Instant to) {
    return workingSpans().stream()
        .map(span -> overlap(span, from, to))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Time paused by one cause. */
  public Duration paused(PauseCause cause) {
    return sum(
        spans.stream()
            .filter(span -> span.activity() == RunActivity.PAUSED)
            .filter(span -> span.cause().equals(Optional.of(cause)))
            .toList());
  }

  /**
   * From the start to the end or to now, pauses and stops too; where the process died, to the last
   * sign of it.
   */
  public Duration elapsed() {
    int end = spans.size();
    while (end > 0 && spans.get(end - 1).activity() == RunActivity.DEAD) {
      end--;
    }
    return sum(spans.subList(0, end));
  }

  public List<TimelineSpan> workingSpans() {
    return spans.stream().filter(span -> span.activity() == RunActivity.WORKING).toList();
  }

  /**
   * {@code count} per second of working time, to four decimals, so that every output shows the same
   * number; 0 before any work.
   */
  public double perSecond(long count) {
    long millis = working().toMillis();
    return millis == 0 ? 0 : Math.round(count * 1e7 / millis) / 1e4;
  }

  /** Share of what a rate limit allowed in the working time; empty without a limit or any work. */
  public Optional<Double> limitUsed(long requests, Rate limit) {
    double allowed = limit.perSecond() * working().toMillis() / 1e3;
    return limit.isUnlimited() || allowed == 0 ? Optional.empty() : Optional.of(requests / allowed);
  }

  private static Duration sum(List<TimelineSpan> spans) {
    return spans.stream().map(TimelineSpan::duration).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration overlap(TimelineSpan span, Instant from, Instant to) {
    Instant begin = span.from().isAfter(from) ? span.from() : from;
    Instant end = span.to().isBefore(to) ? span.to() : to;
    return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
  }

  /**
   * Outages of the database, recorded as a pair of events when they are over. A run may be paused
   * for another reason meanwhile, and that pause does not end with the outage.
   */
  private record OutageIntervals(
      List<TimelineSpan> spans, List<RunEventRepository.RunEvent> others) {

    static OutageIntervals of(List<RunEventRepository.RunEvent> events) {
      List<TimelineSpan> spans = new ArrayList<>();
      List<RunEventRepository.RunEvent> others = new ArrayList<>(events);
      for (RunEventRepository.RunEvent event : events) {
        if (event.type() == RunEventType.RESUMED && isOfDatabase(event)) {
          others.remove(event);
          latestPause(others, event.at())
              .ifPresent(pause -> {
                others.remove(pause);
                spans.add(
                    new TimelineSpan(RunActivity.PAUSED, pause.at(), event.at(), pause.cause()));
              });
        }
      }
      return new OutageIntervals(spans, others);
    }

    private static Optional<RunEventRepository.RunEvent> latestPause(
        List<RunEventRepository.RunEvent> events, Instant until) {
      return events.stream()
          .filter(event -> event.type() == RunEventType.PAUSED && isOfDatabase(event))
          .filter(event -> !event.at().isAfter(until))
          .reduce((_, later) -> later);
    }

    private static boolean isOfDatabase(RunEventRepository.RunEvent event) {
      return event.cause().equals(Optional.of(PauseCause.DATABASE));
    }

    /** The timeline with the outages in its working time. */
    RunTimeline within(RunTimeline timeline) {
      RunTimeline result = timeline;
      for (TimelineSpan outage : spans) {
        result =
            new RunTimeline(result.spans().stream().flatMap(span -> cut(span, outage)).toList());
      }
      return result;
    }

    private static Stream<TimelineSpan> cut(TimelineSpan span, TimelineSpan outage) {
      if (span.activity() != RunActivity.WORKING
          || overlap(span, outage.from(), outage.to()).isZero()) {
        return Stream.of(span);
      }
      Instant from = span.from().isAfter(outage.from()) ? span.from() : outage.from();
      Instant to = span.to().isBefore(outage.to()) ? span.to() : outage.to();
      return Stream.of(
              new TimelineSpan(RunActivity.WORKING, span.from(), from, span.cause()),
              new TimelineSpan(RunActivity.PAUSED, from, to, outage.cause()),
              new TimelineSpan(RunActivity.WORKING, to, span.to(), span.cause()))
          .filter(part -> part.from().isBefore(part.to()));
    }
  }

  /** Reads the events in order; not thread-safe. */
  private static final class TimelineReader {

    private final NavigableSet<Instant> samples;
    private final List<TimelineSpan> spans = new ArrayList<>();
    private RunActivity activity = RunActivity.WORKING;
    private Instant since;
    private Optional<PauseCause> cause = Optional.empty();

    TimelineReader(Instant start, NavigableSet<Instant> samples) {
      this.samples = samples;
      this.since = start;
    }

    /** Other events, such as {@code taken over}, do not change the activity. */
    void read(RunEventRepository.RunEvent event) {
      switch (event.type()) {
        case PAUSED -> become(RunActivity.PAUSED, event.at(), event.cause());
        case RESUMED -> become(RunActivity.WORKING, event.at(), Optional.empty());
        case STOPPED -> {
          endOfSilence(event.at());
          become(RunActivity.STOPPED, event.at(), event.cause());
        }
        case CANCELLED, SUPERSEDED -> endOfSilence(event.at());
        case RESTARTED -> {
          died(event.at());
          become(RunActivity.WORKING, event.at(), Optional.empty());
        }
        default -> {}
      }
    }

    RunTimeline end(Instant until, boolean alive) {
      if (!alive) {
        died(until);
      }
      become(activity, until, cause);
      return new RunTimeline(spans);
    }

    /** A person ended the run; no process may have been alive any more. */
    private void endOfSilence(Instant moment) {
      if (Duration.between(lastSign(moment), moment).compareTo(LONGEST_SILENCE) > 0) {
        died(moment);
      }
    }

    private void died(Instant moment) {
      if (activity == RunActivity.WORKING || activity == RunActivity.PAUSED) {
        become(RunActivity.DEAD, lastSign(moment), Optional.empty());
      }
    }

    /** The last sample before {@code moment}. */
    private Instant lastSign(Instant moment) {
      Instant sample = samples.lower(moment);
      return sample != null && sample.isAfter(since) ? sample : since;
    }

    private void become(RunActivity next, Instant at, Optional<PauseCause> why) {
      Instant moment = at.isAfter(since) ? at : since;
      if (moment.isAfter(since)) {
        spans.add(new TimelineSpan(activity, since, moment, cause));
      }
      activity = next;
      since = moment;
      cause = why;
    }
  }
}
