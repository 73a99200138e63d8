package studbook.quality;

import static studbook.text.HumanFormat.count;

import java.util.List;
import java.util.stream.Stream;
import studbook.model.HorseStatus;
import studbook.store.run.RunCounts;
import studbook.store.statistics.ConsistencyTotals;

/** Differences between the figures of chunks, work items and tables of a run, a sentence each. */
final class ConsistencyReport {

  private ConsistencyReport() {}

  static List<String> of(ConsistencyTotals totals) {
    RunCounts chunks = totals.chunks();
    RunCounts workItems = totals.workItems();
    Stream<List<String>> outcomes =
        HorseStatus.outcomes().map(o -> between(totals, o.text(), chunks.of(o), workItems.of(o)));
    Stream<List<String>> others =
        Stream.of(
            between(totals, "horses", chunks.total(), workItems.total()),
            between(totals, "with pedigree", chunks.withPedigree(), workItems.withPedigree()),
            inTables(totals, "enriched", workItems.enriched(), "dob", totals.enrichedInTables()),
            inTables(
                totals,
                "with pedigree",
                workItems.withPedigree(),
                "pedigree row",
                totals.pedigreesInTables()));
    return Stream.concat(outcomes, others).flatMap(List::stream).toList();
  }

  private static List<String> between(
      ConsistencyTotals totals, String what, long chunks, long workItems) {
    return chunks == workItems
        ? List.of()
        : List.of(
            "run %d, %s: chunks %s, work items %s"
                .formatted(totals.run(), what, count(chunks), count(workItems)));
  }

  private static List<String> inTables(
      ConsistencyTotals totals, String what, long workItems, String missing, long there) {
    return workItems == there
        ? List.of()
        : List.of(
            "run %d, %s: work items %s, of which %s have no %s"
                .formatted(
                    totals.run(), what, count(workItems), count(workItems - there), missing));
  }
}
