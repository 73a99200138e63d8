package studbook.store.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.crashtest.CrashPoint;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.store.change.ComparisonStatement;
import studbook.store.change.ConfirmedProfile;
import studbook.store.error.ErrorClassifier;

/**
 * Writes outcomes: horse, pedigree, work item and counts in one statement and one commit. Writing
 * the same outcomes again changes nothing. The counts are those of the chunk whose lease the
 * outcome has, whichever range the horse is in. Safe for many threads.
 */
public final class OutcomeRepository {

  /** For so few rows nested loops cost less than the round trip that forbids them. */
  private static final int FEW = 20;

  private final Jdbi jdbi;
  private final BatchSplitter splitter;

  public OutcomeRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.splitter = new BatchSplitter(jdbi, this::commit);
  }

  /**
   * Commits a batch with its errors. A row that the user's schema rejects does not prevent the
   * others: the batch is halved until it is alone, and its horse is recorded as rejected. A
   * possibly transient error is thrown first, and halves the batch if the same batch fails with it
   * again.
   *
   * @param batch at most some hundred outcomes of one run, each horse once
   * @return one result for each outcome, in no particular order
   * @throws RuntimeException if {@link ErrorClassifier#passes} holds: write the same batch again
   *     later
   */
  public List<WriteResult> write(List<Outcome> batch, List<ErrorEntry> errors) {
    return splitter.write(batch, errors);
  }

  private List<WriteResult> commit(List<Outcome> batch, List<ErrorEntry> errors) {
    List<WriteResult> committed =
        jdbi.inTransaction(handle -> {
          ErrorLog.append(handle, errors);
          List<WriteResult> results = batch.isEmpty() ? List.of() : complete(handle, batch);
          ErrorLog.append(handle, refusals(results));
          CrashPoint.BEFORE_COMMIT.reached();
          return results;
        });
    CrashPoint.AFTER_COMMIT.reached();
    return committed;
  }

  /**
   * Horses for which the API has returned a detailed profile in any run, those of the newest chunks
   * first. Reads no more work items than those chunks have.
   */
  public List<HorseId> answered(int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT i.horse_id
                FROM (SELECT run_id, first_horse_id, last_horse_id FROM studbook.chunk
                      WHERE kind = 'horses' AND enriched + no_dob > 0
                      ORDER BY run_id DESC, chunk_no DESC OFFSET 0) c
                CROSS JOIN LATERAL (
                  SELECT horse_id FROM studbook.work_item
                  WHERE run_id = c.run_id AND horse_id BETWEEN c.first_horse_id AND c.last_horse_id
                    AND endpoint = 'pro' AND http_status = 200 AND state IN ('enriched', 'no_dob')
                  ORDER BY completed_at DESC LIMIT :most) i
                LIMIT :most
                """)
            .bind("most", most)
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .list());
  }

  /**
   * Whether the API is known to have the horse: its racecard is cached, or any run completed it
   * with a detailed profile. Reads one row per run.
   */
  public boolean isKnown(HorseId horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM studbook.cached_profile WHERE horse_id = :horse)
                  OR EXISTS (
                    SELECT FROM studbook.run r
                    CROSS JOIN LATERAL (
                      SELECT FROM studbook.work_item
                      WHERE run_id = r.run_id AND horse_id = :horse
                        AND http_status = 200 AND state IN ('enriched', 'no_dob')
                      OFFSET 0) i)
                """)
            .bind("horse", horse.text())
            .mapTo(Boolean.class)
            .one());
  }

  /** Error entries for rows that the user's schema rejected, without a request. */
  public static List<ErrorEntry> refusals(List<WriteResult> results) {
    return results.stream()
        .filter(result ->
            result instanceof WriteResult.RowWritten written
                && written.status() == HorseStatus.FAILED)
        .map(WriteResult::outcome)
        .filter(Outcome::isRefused)
        .map(outcome ->
            new ErrorEntry(
                outcome.lease().run(),
                Optional.of(outcome.horse()),
                ErrorKind.DATABASE_REJECTED,
                Optional.empty(),
                0,
                outcome.trace().requests(),
                Duration.ZERO,
                outcome.failure().map(Outcome.OutcomeFailure::message).orElse("")))
        .toList();
  }

  /**
   * A horse that was seen but could not be locked is rejected. Only the next statement's snapshot
   * shows that it was deleted meanwhile; then it is missing.
   */
  public static List<WriteResult> complete(Handle handle, List<Outcome> batch) {
    List<WriteResult> results = new ArrayList<>(batch.size());
    List<Outcome> unlockable = complete(handle, batch, results);
    List<Outcome> left =
        complete(handle, unlockable.stream().map(OutcomeRepository::cannotLock).toList(), results);
    if (!left.isEmpty()) {
      throw new IllegalStateException("no outcome could be written for " + left.getFirst());
    }
    return results;
  }

  /** Returns the outcomes whose horses exist but cannot be locked. */
  private static List<Outcome> complete(
      Handle handle, List<Outcome> batch, List<WriteResult> results) {
    if (batch.isEmpty()) {
      return List.of();
    }
    Map<String, Outcome> byHorse = new HashMap<>();
    batch.forEach(outcome -> byHorse.put(outcome.horse().text(), outcome));
    List<Outcome> unlockable = new ArrayList<>();
    if (batch.size() > FEW) {
      // The planner estimates each step at one row and would use nested loops; and to find some
      // hundred rows it would read a table of some ten thousand completely.
      handle.execute(
          """
          SELECT set_config('enable_nestloop', 'off', true), set_config('enable_seqscan', 'off', true)
          """);
    }
    RunMode mode = mode(handle, batch.getFirst().lease().run());
    if (mode == RunMode.REFRESH) {
      compare(handle, batch);
    }
    boolean ancestors = mode == RunMode.ANCESTORS || mode == RunMode.ANCESTORS_INTO_TABLES;
    OutcomeStatement.bind(
            ancestors
                ? handle.createQuery(AncestorStatement.SQL)
                : handle.createQuery(OutcomeStatement.SQL),
            batch)
        .map((row, context) ->
            new OutcomeRow(
                row.getString("horse_id"),
                row.getBoolean("held"),
                row.getBoolean("pending"),
                row.getBoolean("hidden"),
                row.getString("state"),
                row.getBoolean("has_pedigree")))
        .forEach(row -> {
          Outcome outcome = byHorse.get(row.horse());
          if (outcome == null) {
            throw new IllegalStateException(
                "an outcome of a horse that was not requested: " + row.horse());
          }
          if (!row.held()) {
            results.add(new WriteResult.LeaseLost(outcome));
          } else if (outcome.leavesPending() || (row.pending() && !row.hidden())) {
            results.add(new WriteResult.StillPending(outcome));
          } else if (row.pending()) {
            unlockable.add(outcome);
          } else if (row.state() == null) {
            results.add(new WriteResult.AlreadyWritten(outcome));
          } else {
            results.add(
                new WriteResult.RowWritten(
                    outcome, HorseStatus.of(row.state()), row.withPedigree()));
          }
        });
    if (mode == RunMode.ANCESTORS_INTO_TABLES) {
      insert(handle, results);
    }
    return unlockable;
  }

  /** How the outcomes of a run are written. */
  private enum RunMode {
    FILL,
    REFRESH,
    ANCESTORS,
    ANCESTORS_INTO_TABLES
  }

  /**
   * Reads how outcomes are written, and forbids the rest of the transaction to compile statements.
   * Up to PostgreSQL 17 a forbidden nested loop that is used all the same costs 10^10, so the
   * server would compile the statement: 4 s for each batch.
   */
  private static RunMode mode(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN kind = 'refresh' THEN 'REFRESH' WHEN kind <> 'ancestors' THEN 'FILL'
                        WHEN into_ra_horses THEN 'ANCESTORS_INTO_TABLES' ELSE 'ANCESTORS' END
            FROM studbook.run CROSS JOIN set_config('jit', 'off', true) WHERE run_id = :run
            """)
        .bind("run", run)
        .map((row, _) -> RunMode.valueOf(row.getString(1)))
        .one();
  }

  /** Adds ancestors with a profile to the user's tables. */
  private static void insert(Handle handle, List<WriteResult> results) {
    List<NewHorse> horses = new ArrayList<>();
    for (WriteResult result : results) {
      if (result instanceof WriteResult.RowWritten(Outcome outcome, HorseStatus status, _)
          && (status == HorseStatus.ENRICHED || status == HorseStatus.NO_DOB)) {
        Profile profile = outcome.profile().orElseThrow();
        if (profile.name() != null) {
          horses.add(new NewHorse(outcome.horse(), profile.name(), profile));
        }
      }
    }
    if (!horses.isEmpty()) {
      NewHorseInserter.write(handle, horses);
    }
  }

  /**
   * Compares the rows of a refresh with its responses. The locks are a statement of their own: its
   * successor sees everything that a writer committed which had to be waited for.
   */
  private static void compare(Handle handle, List<Outcome> batch) {
    Set<String> locked =
        OutcomeStatement.bind(handle.createQuery(OutcomeStatement.LOCK), batch)
            .mapTo(String.class)
            .set();
    List<ConfirmedProfile> profiles =
        batch.stream()
            .filter(outcome ->
                locked.contains(outcome.horse().text())
                    && !outcome.leavesPending()
                    && outcome.state() != HorseStatus.FAILED)
            .flatMap(outcome ->
                outcome.profile().stream()
                    .map(profile ->
                        new ConfirmedProfile(
                            outcome.horse(), profile, outcome.trace().source(), Optional.empty())))
            .toList();
    ComparisonStatement.execute(handle, batch.getFirst().lease().run(), profiles);
  }

  private static Outcome cannotLock(Outcome outcome) {
    return outcome.refused("a policy or trigger hides the horse's row from updates");
  }

  private record OutcomeRow(
      String horse,
      boolean held,
      boolean pending,
      boolean hidden,
      @Nullable String state,
      boolean withPedigree) {}
}
