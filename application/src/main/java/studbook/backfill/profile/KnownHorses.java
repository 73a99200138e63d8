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
 * Horses that the API is known to have: any run completed them with a detailed profile, or they
 * were on a racecard. Safe for many threads.
 */
public final class KnownHorses {

  private static final Logger log = LoggerFactory.getLogger(KnownHorses.class);

  private static final int CANARIES = 5;

  private final OutcomeRepository outcomeRepository;
  private final Set<HorseId> onRacecards = ConcurrentHashMap.newKeySet();

  public KnownHorses(OutcomeRepository outcomeRepository) {
    this.outcomeRepository = outcomeRepository;
  }

  /** Adds the horses of a racecard day whose records were incomplete. */
  public void addPending(List<WriteResult> results) {
    results.stream()
        .filter(WriteResult.StillPending.class::isInstance)
        .forEach(result -> onRacecards.add(result.outcome().horse()));
  }

  /** Horses for canary requests, newest first. */
  public List<HorseId> canaries() {
    return outcomeRepository.answered(CANARIES);
  }

  /** Whether the horse is known; true while the database is unavailable. */
  boolean contains(HorseId horse) {
    try {
      return onRacecards.contains(horse) || outcomeRepository.isKnown(horse);
    } catch (RuntimeException e) {
      log.debug("{} is requested again: {}", horse.text(), ErrorClassifier.reason(e));
      return true;
    }
  }
}
