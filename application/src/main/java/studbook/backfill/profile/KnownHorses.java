package studbook.backfill.profile;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.HorseId;
import studbook.store.error.ErrorClassifier;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;

/**
 * Horses that the API is known to have: any run settled them with a detailed profile, or they stood
 * on a racecard. Safe for many threads.
 */
public final class KnownHorses {

  private static final Logger log = LoggerFactory.getLogger(KnownHorses.class);

  private final OutcomeRepository outcomes;
  private final Set<HorseId> onRacecards = ConcurrentHashMap.newKeySet();

  public KnownHorses(OutcomeRepository outcomes) {
    this.outcomes = outcomes;
  }

  /** What a day's racecards came to: a horse whose record there was incomplete is still pending. */
  public void read(List<WriteResult> settled) {
    settled.stream()
        .filter(WriteResult.StillPending.class::isInstance)
        .forEach(one -> onRacecards.add(one.outcome().horse()));
  }

  /** Whether the horse is known; while the database cannot tell, it may be. */
  boolean contains(HorseId horse) {
    try {
      return onRacecards.contains(horse) || outcomes.isKnown(horse);
    } catch (RuntimeException e) {
      log.debug("{} is requested again: {}", horse.text(), ErrorClassifier.reason(e));
      return true;
    }
  }
}
