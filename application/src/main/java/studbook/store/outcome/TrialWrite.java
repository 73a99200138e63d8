package studbook.store.outcome;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;
import studbook.store.work.Lease;

/**
 * Runs the statement that writes outcomes for a horse of the table, with a run, chunk and work
 * items of its own, and rolls everything back. It meets everything in the user's schema that the
 * real write meets: permissions, policies, rules, triggers that fire on a change.
 *
 * <p>A constraint may reject the invented values, and a trigger one horse; neither says anything
 * about others. So up to three horses are tried with different values, and one success is proof.
 */
final class TrialWrite {

  private static final int HORSES = 3;

  /** An active run may write the horses of a trial first. */
  private static final int MOST_TRIALS = 5;

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(30);

  /**
   * A horse that no table has: the statement is planned and its permissions are checked all the
   * same.
   */
  private static final HorseId NO_HORSE = new HorseId("hrs_0");

  private final Jdbi jdbi;

  TrialWrite(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Tries it. If no horse lacks a date of birth, or other processes fill every chosen horse, only
   * row-independent conditions are proved.
   *
   * @throws StoreException with the obstacle
   * @throws JdbiException for a transient database error
   */
  void verify() {
    try {
      for (int i = 0; i < MOST_TRIALS; i++) {
        if (isConclusive()) {
          return;
        }
      }
    } catch (JdbiException e) {
      throw jdbi.withHandle(handle -> new WriteObstacle(handle, e).exception());
    }
  }

  private boolean isConclusive() {
    return jdbi.inTransaction(handle -> {
      waitForLocks(handle);
      boolean conclusive = isConclusive(handle);
      handle.rollback();
      return conclusive;
    });
  }

  /**
   * Tries to insert a horse with its pedigree, like a new runner. A rejection of the invented
   * values alone proves nothing.
   *
   * @throws StoreException with the obstacle
   */
  void verifyInsert() {
    try {
      jdbi.useTransaction(handle -> {
        waitForLocks(handle);
        NewHorseInserter.write(
            handle, List.of(new NewHorse(NO_HORSE, "A Horse (GB)", VARIANTS.getFirst())));
        handle.rollback();
      });
    } catch (JdbiException e) {
      if (WriteObstacle.isOfTheSchema(e) || isPassing(e)) {
        throw jdbi.withHandle(handle -> new WriteObstacle(handle, e).exception());
      }
    }
  }

  /** A locked table must not block the start forever. */
  private static void waitForLocks(Handle handle) {
    handle.execute(
        "SELECT set_config('lock_timeout', ?, true)", LONGEST_LOCK_WAIT.toMillis() + "ms");
  }

  /** Whether the trial is conclusive; not so if other processes filled its horses meanwhile. */
  private static boolean isConclusive(Handle handle) {
    List<HorseId> undated = horses(handle, "dob IS NULL");
    // Only a run over incomplete horses writes to one that has a date of birth.
    boolean incomplete = undated.isEmpty();
    List<HorseId> horses = incomplete ? horses(handle, LACKS_A_FIELD) : undated;
    Lease lease = lease(handle, horses, incomplete);
    if (horses.isEmpty()) {
      write(handle, outcome(lease, NO_HORSE, 0));
      return true;
    }
    List<JdbiException> refusals = new ArrayList<>();
    int hidden = 0;
    for (int i = 0; i < horses.size(); i++) {
      handle.savepoint("horse");
      try {
        Optional<HorseStatus> state = write(handle, outcome(lease, horses.get(i), i));
        if (state.equals(Optional.of(HorseStatus.ENRICHED))) {
          return true;
        }
        hidden += state.equals(Optional.of(HorseStatus.FAILED)) ? 1 : 0;
      } catch (JdbiException e) {
        if (isPassing(e)) {
          throw e;
        }
        refusals.add(e);
        handle.rollbackToSavepoint("horse");
      }
    }
    conclude(hidden, refusals);
    return hidden + refusals.size() > 0;
  }

  /** Evaluates a trial in which no horse could be written. */
  private static void conclude(int hidden, List<JdbiException> refusals) {
    for (JdbiException refusal : refusals) {
      if (WriteObstacle.isOfTheSchema(refusal)) {
        throw refusal;
      }
    }
    if (hidden > 0 && refusals.isEmpty()) {
      throw new StoreException(
          "row level security or a trigger hides the rows of ra_horses from this database user's"
              + " updates: give it a policy for UPDATE that covers them, or use a role with"
              + " BYPASSRLS");
    }
    if (hidden + refusals.size() == HORSES
        && refusals.stream().allMatch(WriteObstacle::isOfATrigger)) {
      throw refusals.getFirst();
    }
  }

  /** A trigger may raise any state; otherwise the state concerns the database. */
  private static boolean isPassing(JdbiException e) {
    return ErrorClassifier.passes(e) && !WriteObstacle.isOfATrigger(e);
  }

  private static final String LACKS_A_FIELD =
      "(sex::text <> '' AND sex_code::text <> '' AND colour::text <> '' AND region::text <> '') IS NOT TRUE";

  private static List<HorseId> horses(Handle handle, String condition) {
    return handle
        .createQuery(
            """
            SELECT horse_id::text AS horse_id FROM ra_horses
            WHERE %s AND horse_id::text COLLATE "C" ~ :pattern LIMIT :most
            """
                .formatted(condition))
        .bind("pattern", "^" + HorseId.PATTERN + "$")
        .bind("most", HORSES)
        .map((row, context) -> new HorseId(row.getString("horse_id")))
        .list();
  }

  /** Creates an invisible run; its number is free, since those of runs begin at 1. */
  private static Lease lease(Handle handle, List<HorseId> horses, boolean incomplete) {
    UUID worker = UUID.randomUUID();
    handle.execute(
        """
        INSERT INTO studbook.worker (worker_id, host, pid, pid_start, version, account_key, rate)
        VALUES (?, 'trial', 0, '', 'trial', 'trial', 1)
        """,
        worker);
    long run =
        handle
            .createQuery(
                """
                INSERT INTO studbook.run
                  (run_id, state, owner_worker_id, version, includes_incomplete, horses_before, enriched_before, pedigrees_before)
                OVERRIDING SYSTEM VALUE VALUES (-pg_backend_pid(), 'stopped', :worker, 'trial', :includesIncomplete, 0, 0, 0)
                RETURNING run_id
                """)
            .bind("worker", worker)
            .bind("includesIncomplete", incomplete)
            .mapTo(Long.class)
            .one();
    Lease lease = new Lease(run, 0, 1);
    handle.execute(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, first_horse_id, last_horse_id, horse_count, fencing_token)
        VALUES (?, ?, '', '', 0, ?)
        """,
        run,
        lease.chunk(),
        lease.token());
    handle
        .createUpdate(
            """
            INSERT INTO studbook.work_item (run_id, horse_id) SELECT :run, horse_id FROM unnest(:horses) h (horse_id)
            """)
        .bind("run", run)
        .bindArray("horses", String.class, horses.stream().map(HorseId::text).toList())
        .execute();
    return lease;
  }

  /** The horse's status: FAILED if its row is hidden from updates. */
  private static Optional<HorseStatus> write(Handle handle, Outcome outcome) {
    List<WriteResult> results = OutcomeRepository.complete(handle, List.of(outcome));
    // Deferred constraints would never be checked.
    handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
    return results.stream()
        .filter(WriteResult.RowWritten.class::isInstance)
        .map(result -> ((WriteResult.RowWritten) result).status())
        .findFirst();
  }

  private static Outcome outcome(Lease lease, HorseId horse, int variant) {
    return new Outcome(
        lease,
        horse,
        HorseStatus.ENRICHED,
        Optional.of(VARIANTS.get(variant)),
        Optional.empty(),
        new Outcome.RequestTrace("pro", 200, 1, Duration.ZERO));
  }

  /**
   * The first covers every column; the others avoid values that a foreign key is likely to reject.
   */
  private static final List<Profile> VARIANTS =
      List.of(
          new Profile(
              LocalDate.of(2015, 4, 23),
              "mare",
              "M",
              "bay",
              "B",
              "gb",
              "A Breeder",
              new ProfileParents(
                  new Parent("sir_1", "A Sire (GB)"),
                  new Parent("dam_2", "A Dam (GB)"),
                  new Parent("dsi_3", "A Damsire (GB)"))),
          new Profile(
              LocalDate.of(2019, 2, 1),
              "gelding",
              "G",
              "chestnut",
              "CH",
              "ire",
              null,
              new ProfileParents(new Parent(null, "A Sire (IRE)"), Parent.UNKNOWN, Parent.UNKNOWN)),
          new Profile(
              LocalDate.of(2021, 5, 6),
              null,
              null,
              null,
              null,
              null,
              null,
              new ProfileParents(Parent.UNKNOWN, new Parent(null, "A Dam"), Parent.UNKNOWN)));
}
