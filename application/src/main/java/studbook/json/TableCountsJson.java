package studbook.json;

import studbook.store.table.TableCounts;

/** The user's tables in figures. */
public record TableCountsJson(long horses, long enriched, long needEnrichment, long pedigrees) {

  public static TableCountsJson of(TableCounts counts) {
    return new TableCountsJson(
        counts.horses(), counts.enriched(), counts.unenriched(), counts.pedigrees());
  }
}
