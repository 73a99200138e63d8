package studbook.store.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.store.error.DatabaseUnavailableException;
import studbook.store.table.MissingGrants;

/**
 * Writes batches of outcomes and finds rows that the user's schema rejects: a rejected batch is
 * halved until the row is alone, and its horse is recorded as rejected. If every row is rejected,
 * the statement or the database is at fault, and nothing is recorded. Safe for many threads.
 */
final class BatchSplitter {

  /** Number of distant rows that are tried alone before the whole batch is split. */
  private static final int PROBES = 5;

  /** Commits a batch and errors in one transaction. */
  interface BatchCommit {

    List<WriteResult> commit(List<Outcome> batch, List<ErrorEntry> errors);
  }

  private final Jdbi jdbi;
  private final BatchCommit commit;
  private final RejectionPolicy policy = new RejectionPolicy();

  BatchSplitter(Jdbi jdbi, BatchCommit commit) {
    this.jdbi = jdbi;
    this.commit = commit;
  }

  /** See {@link OutcomeRepository#write}. */
  List<WriteResult> write(List<Outcome> batch, List<ErrorEntry> errors) {
    try {
      return commit(batch, errors);
    } catch (JdbiException e) {
      RowRejection rejection = refusal(e);
      if (batch.isEmpty()) {
        return commitInAscii(errors, e);
      }
      if (!errors.isEmpty()) {
        List<WriteResult> results = write(batch, List.of());
        write(List.of(), errors);
        return results;
      }
      return takeApart(batch, new RejectedBatch(rejection, e));
    }
  }

  private List<WriteResult> commit(List<Outcome> batch, List<ErrorEntry> errors) {
    List<WriteResult> results = commit.commit(batch, errors);
    policy.wrote(batch);
    return results;
  }

  /** A message that the database's encoding cannot represent is not the horse's fault. */
  private List<WriteResult> commitInAscii(List<ErrorEntry> errors, JdbiException failure) {
    List<ErrorEntry> plain = errors.stream().map(ErrorEntry::inAscii).toList();
    if (plain.equals(errors)) {
      throw failure;
    }
    return commit(List.of(), plain);
  }

  private RowRejection refusal(JdbiException failure) {
    RowRejection rejection = RowRejection.in(failure).orElseThrow(() -> failure);
    if (rejection.isOfRights() && !jdbi.withHandle(MissingGrants::areTablesWritable)) {
      throw new DatabaseUnavailableException(failure);
    }
    return rejection;
  }

  private record RejectedBatch(RowRejection rejection, JdbiException failure) {}

  private record RejectedRow(Outcome outcome, RejectedBatch refused) {}

  private List<WriteResult> takeApart(List<Outcome> batch, RejectedBatch refused) {
    int tries = policy.failed(batch, refused.rejection());
    if (!policy.mayTakeApart(batch, refused.rejection())) {
      throw new DatabaseUnavailableException(refused.failure());
    }
    List<WriteResult> results = new ArrayList<>();
    List<RejectedRow> rows = new ArrayList<>();
    List<Outcome> rest = batch;
    if (!refused.rejection().isCertain() && batch.size() > PROBES) {
      Outcome written =
          probe(batch, tries, results)
              .orElseThrow(() -> new DatabaseUnavailableException(refused.failure()));
      rest = batch.stream().filter(outcome -> !outcome.horse().equals(written.horse())).toList();
    }
    halve(rest, refused, results, rows);
    refuse(batch, rows, results);
    return results;
  }

  /**
   * Tries some distant rows. If one can be written, the database works.
   *
   * @param attempt selects other rows each time
   * @return the row that was written
   */
  private Optional<Outcome> probe(List<Outcome> batch, int attempt, List<WriteResult> results) {
    for (int i = 0; i < PROBES; i++) {
      Outcome row = batch.get((i * batch.size() / PROBES + attempt) % batch.size());
      try {
        results.addAll(commit(List.of(row), List.of()));
        return Optional.of(row);
      } catch (JdbiException e) {
        refusal(e);
      }
    }
    return Optional.empty();
  }

  /** Writes what can be written of {@code batch}, which was rejected as a whole. */
  private void halve(
      List<Outcome> batch,
      RejectedBatch refused,
      List<WriteResult> results,
      List<RejectedRow> rows) {
    if (batch.size() == 1) {
      rows.add(new RejectedRow(batch.getFirst(), refused));
      return;
    }
    int middle = batch.size() / 2;
    for (List<Outcome> half :
        List.of(batch.subList(0, middle), batch.subList(middle, batch.size()))) {
      try {
        results.addAll(commit(half, List.of()));
      } catch (JdbiException e) {
        halve(half, new RejectedBatch(refusal(e), e), results, rows);
      }
    }
  }

  /** Records the horses of rows that were rejected alone. */
  private void refuse(List<Outcome> batch, List<RejectedRow> rows, List<WriteResult> results) {
    boolean othersWritten = !results.isEmpty();
    for (RejectedRow row : rows) {
      RejectedBatch refused = row.refused();
      if (!othersWritten && !policy.mayRefuseAll(batch, refused.rejection(), rows.size())) {
        throw new DatabaseUnavailableException(refused.failure());
      }
    }
    for (RejectedRow row : rows) {
      results.add(refuse(row));
      policy.refused(row.refused().rejection(), othersWritten);
    }
  }

  private WriteResult refuse(RejectedRow row) {
    Outcome outcome = row.outcome();
    RowRejection rejection = row.refused().rejection();
    JdbiException failure = row.refused().failure();
    if (outcome.isRefused()) {
      throw failure; // even this cannot be written
    }
    try {
      if (outcome.leavesPending()) {
        write(List.of(), List.of(outcome.refusal(rejection.sentence())));
        return new WriteResult.StillPending(outcome);
      }
      return commit(List.of(outcome.refused(rejection.sentence())), List.of()).getFirst();
    } catch (JdbiException e) {
      throw rejection.isCertain() && !rejection.isOfRights()
          ? failure
          : new DatabaseUnavailableException(failure);
    }
  }
}
