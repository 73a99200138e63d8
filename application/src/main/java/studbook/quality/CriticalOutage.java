package studbook.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.store.work.RunEventType;

/**
 * A period in which a run could not continue because of an external cause.
 *
 * @param until when the run continued; empty if it has not
 * @param ended whether the cause stopped the run instead of pausing it
 */
record CriticalOutage(
    long run, PauseCause cause, Instant from, Optional<Instant> until, boolean ended) {

  /** Whether it is reported at any length: the run could not continue by itself. */
  private static boolean isCritical(PauseCause cause) {
    return switch (cause) {
      case CREDENTIALS, ENDPOINT, DATABASE, REJECTIONS, PAYLOAD -> true;
      case API, API_LIMIT, MANUAL -> false;
    };
  }

  /** The critical causes in words. */
  static String criticalCauses() {
    return "needs action";
  }

  static String words(PauseCause cause) {
    return cause.text().replace('_', ' ');
  }

  /** Its length so far. */
  Duration length(Instant now) {
    return Duration.between(from, until.orElse(now));
  }

  /**
   * The critical outages of a run: those that ended it, and pauses longer than {@code longest}.
   *
   * @param events of the run, oldest first
   */
  static List<CriticalOutage> critical(
      long run, List<RunEvent> events, Instant now, Duration longest) {
    return all(run, events).stream()
        .filter(outage -> isCritical(outage.cause()))
        .filter(outage -> outage.isEnd() || outage.length(now).compareTo(longest) > 0)
        .toList();
  }

  private boolean isEnd() {
    return ended && until.isEmpty();
  }

  /**
   * Merges consecutive outages of one cause. Only a change of the run's state ends one: a run stays
   * paused while its owner changes or the racecard scan ends.
   */
  private static List<CriticalOutage> all(long run, List<RunEvent> events) {
    List<CriticalOutage> all = new ArrayList<>();
    @Nullable CriticalOutage open = null;
    for (RunEvent event : events) {
      if (!changesState(event)) {
        continue;
      }
      Optional<PauseCause> cause = begins(event) ? event.cause() : Optional.empty();
      if (open != null && !cause.equals(Optional.of(open.cause()))) {
        all.add(open.endedAt(event.at()));
        open = null;
      }
      if (cause.isPresent()) {
        open =
            new CriticalOutage(
                run,
                cause.get(),
                open == null ? event.at() : open.from(),
                Optional.empty(),
                event.type() == RunEventType.STOPPED);
      }
    }
    if (open != null) {
      all.add(open);
    }
    return all;
  }

  private static boolean begins(RunEvent event) {
    return event.type() == RunEventType.PAUSED || event.type() == RunEventType.STOPPED;
  }

  private static boolean changesState(RunEvent event) {
    return switch (event.type()) {
      case PAUSED, RESUMED, STOPPED, RESTARTED, FINISHED, CANCELLED, SUPERSEDED -> true;
      case PLANNED, TAKEN_OVER, HANDED_OVER, RACECARDS, LIMIT_LOWERED, LIMIT_RESTORED -> false;
    };
  }

  private CriticalOutage endedAt(Instant moment) {
    return new CriticalOutage(run, cause, from, Optional.of(moment), ended);
  }
}
