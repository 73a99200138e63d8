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
    RunCounts pieces = totals.pieces();
    RunCounts ledger = totals.ledger();
    Stream<List<String>> outcomes =
        HorseStatus.outcomes().map(o -> between(totals, o.text(), pieces.of(o), ledger.of(o)));
    Stream<List<String>> others =
        Stream.of(
            between(totals, "horses", pieces.total(), ledger.total()),
            between(totals, "with pedigree", pieces.withPedigree(), ledger.withPedigree()),
            inTables(totals, "enriched", ledger.enriched(), "dob", totals.enrichedInTables()),
            inTables(
                totals,
                "with pedigree",
                ledger.withPedigree(),
                "pedigree row",
                totals.pedigreesInTables()));
    return Stream.concat(outcomes, others).flatMap(List::stream).toList();
  }

  private static List<String> between(
      ConsistencyTotals totals, String what, long pieces, long ledger) {
    return pieces == ledger
        ? List.of()
        : List.of(
            "run %d, %s: chunks %s, work items %s"
                .formatted(totals.run(), what, count(pieces), count(ledger)));
  }

  private static List<String> inTables(
      ConsistencyTotals totals, String what, long ledger, String missing, long there) {
    return ledger == there
        ? List.of()
        : List.of(
            "run %d, %s: work items %s, of which %s have no %s"
                .formatted(totals.run(), what, count(ledger), count(ledger - there), missing));
  }
}
