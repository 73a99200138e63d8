package studbook.json;

import studbook.model.ErrorKind;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;

/**
 * The errors of one kind in a run.
 *
 * @param failed horses that failed in the end because of it
 * @param logEntries failed attempts, also those that a later attempt made good
 * @param horses with such an attempt
 */
public record ErrorKindJson(
    ErrorKind errorKind, long failed, long logEntries, long horses, String example) {

  public static ErrorKindJson of(ErrorGroup group) {
    return new ErrorKindJson(
        group.kind(), group.failed(), group.entries(), group.horses(), group.example());
  }
}
