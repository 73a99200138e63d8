package studbook.store.racecard;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.HorseId;
import studbook.store.change.ComparisonStatement;
import studbook.store.change.ConfirmationCounts;
import studbook.store.change.ConfirmedProfile;
import studbook.store.change.RacecardDateStatement;
import studbook.store.outcome.RowRejection;

/**
 * Confirms horses of ra_horses that were on a racecard, without a request of their own: compares
 * them, writes what the API has changed, and records when they were confirmed. Repeating it changes
 * nothing. Safe for many threads.
 */
public final class RunnerConfirmer {

  private static final Logger log = LoggerFactory.getLogger(RunnerConfirmer.class);

  private final Jdbi jdbi;

  public RunnerConfirmer(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Confirms the horses that ra_horses has; the others are left out. A horse whose change the
   * user's schema rejects does not prevent the others: the batch is halved until it is alone, and
   * it stays unconfirmed. An error that may be temporary leaves all of them for their next
   * racecard.
   *
   * @param run that read the racecards; empty outside of runs
   * @throws JdbiException if the database is unavailable
   */
  public ConfirmationCounts confirm(Optional<Long> run, List<ConfirmedProfile> runners) {
    if (runners.isEmpty()) {
      return ConfirmationCounts.NONE;
    }
    Set<String> comparable =
        jdbi.inTransaction(handle -> RacecardDateStatement.execute(handle, runners));
    return compare(
        run,
        runners.stream().filter(runner -> comparable.contains(runner.horse().text())).toList());
  }

  private ConfirmationCounts compare(Optional<Long> run, List<ConfirmedProfile> runners) {
    try {
      return jdbi.inTransaction(
          handle -> ComparisonStatement.execute(handle, run.orElse(null), runners));
    } catch (JdbiException e) {
      RowRejection rejection = RowRejection.in(e).orElseThrow(() -> e);
      if (!rejection.isCertain() || rejection.isOfRights()) {
        log.warn("the runners could not be compared with ra_horses: {}", rejection.sentence());
        return ConfirmationCounts.NONE;
      }
      if (runners.size() == 1) {
        HorseId horse = runners.getFirst().horse();
        log.warn("a change of {} was rejected by the database: {}", horse, rejection.sentence());
        return ConfirmationCounts.NONE;
      }
      int middle = runners.size() / 2;
      return compare(run, runners.subList(0, middle))
          .plus(compare(run, runners.subList(middle, runners.size())));
    }
  }
}
