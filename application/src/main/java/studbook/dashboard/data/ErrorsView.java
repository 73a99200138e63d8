package studbook.dashboard.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import studbook.dashboard.page.FilterQuery;
import studbook.dashboard.page.PagedRows;
import studbook.json.LoggedErrorJson;
import studbook.model.ErrorKind;
import studbook.store.outcome.ErrorLog.ErrorFilter;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;

/**
 * The errors of a run.
 *
 * @param runs that can be chosen
 * @param filters as the address has them
 * @param groups of all errors of the run
 * @param errors that the filter selects
 * @param unmarked whether a retry of marked rows was asked for without any
 * @param lastRetry the newest run that retries it; itself if none does
 * @param unfinished the newest run, if it is not finished
 */
public record ErrorsView(
    RunRow run,
    List<Long> runs,
    FilterQuery filters,
    ErrorFilter filter,
    List<ErrorGroup> groups,
    PagedRows<ErrorRow> errors,
    long lastRetry,
    Optional<Long> unfinished,
    boolean unmarked) {

  public ErrorsView {
    runs = List.copyOf(runs);
    groups = List.copyOf(groups);
  }

  /**
   * An entry.
   *
   * @param horse to mark for a retry; empty if it did not fail in the end, or an entry above has it
   */
  public record ErrorRow(LoggedErrorJson error, Optional<String> horse) {}

  /** The entries with the horses that can be marked. */
  static List<ErrorRow> rows(List<LoggedErrorJson> errors, Set<String> failed) {
    Set<String> marked = new HashSet<>();
    return errors.stream()
        .map(error ->
            new ErrorRow(
                error,
                error.horseId().filter(horse -> failed.contains(horse) && marked.add(horse))))
        .toList();
  }

  /** Horses that failed in the run. */
  public long failed() {
    return groups.stream().mapToLong(ErrorGroup::failed).sum();
  }

  /** Horses that failed in the run by the chosen kind. */
  public long failedOfKind() {
    return filter.kind().stream()
        .flatMap(kind -> groups.stream().filter(group -> group.kind() == kind))
        .mapToLong(ErrorGroup::failed)
        .sum();
  }

  public boolean isRetried() {
    return lastRetry != run.id();
  }

  /** Whether a retry would be started. */
  public boolean canBeRetried() {
    return failed() > 0 && !isRetried() && unfinished.isEmpty();
  }

  public boolean isChosen(ErrorKind kind) {
    return filter.kind().filter(kind::equals).isPresent();
  }

  /** The address of the errors of a kind. */
  public String ofKind(ErrorKind kind) {
    return filters
        .with("run", Optional.of(Long.toString(run.id())))
        .with("kind", Optional.of(kind.text()))
        .address();
  }

  /** The address of all errors of the run. */
  public String ofAll() {
    return FilterQuery.of(filters.path())
        .with("run", Optional.of(Long.toString(run.id())))
        .address();
  }
}
