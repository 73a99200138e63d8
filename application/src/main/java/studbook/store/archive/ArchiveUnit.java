package studbook.store.archive;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * Rows of one month that are archived in one transaction.
 *
 * @param month in UTC: in which the rows were written; of ledgers, in which their runs ended
 * @param runs whose rows they are; they have ended for good
 * @param rows their number by table
 */
public record ArchiveUnit(YearMonth month, List<Long> runs, Map<ArchivedTable, Long> rows) {

  public ArchiveUnit {
    runs = List.copyOf(runs);
  }
}
