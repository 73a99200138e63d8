package studbook.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.table.CheckCounts;

/**
 * The results of all checks. Immutable.
 *
 * @param rows with data that were checked
 * @param pedigrees of these, those with a row in ra_horse_pedigree
 */
public record CheckResults(long rows, long pedigrees, List<CheckResult> all) {

  /** Of a check that does not pass. */
  private static final int EXAMPLES = 5;

  public CheckResults {
    all = List.copyOf(all);
  }

  /** The results for the current tables, without examples; fails where a lock lasts. */
  public static CheckResults count(Jdbi jdbi) {
    return ConsistentSnapshot.takeIfPossible(jdbi, snapshot -> take(snapshot, false));
  }

  /** The score of these results; empty if no row has data. */
  public Optional<QualityScore> score() {
    return QualityScore.of(rows, all);
  }

  static CheckResults take(ConsistentSnapshot snapshot) {
    return take(snapshot, true);
  }

  private static CheckResults take(ConsistentSnapshot snapshot, boolean withExamples) {
    CheckCounts counts = snapshot.rows(Checks.ALL.stream().map(Check::fault).toList());
    List<CheckResult> findings = new ArrayList<>(of(Checks.ALL, counts));
    if (withExamples) {
      addExamples(snapshot, findings);
    }
    findings.add(new CheckResult(Checks.REPEATED, snapshot.repeated(), counts.rows(), List.of()));
    return new CheckResults(counts.rows(), counts.pedigrees(), findings);
  }

  static List<CheckResult> of(List<Check> checks, CheckCounts counts) {
    return IntStream.range(0, checks.size())
        .mapToObj(
            i -> new CheckResult(checks.get(i), counts.counts().get(i), counts.rows(), List.of()))
        .toList();
  }

  /** For results that are not good only: it takes another scan. */
  private static void addExamples(ConsistentSnapshot snapshot, List<CheckResult> findings) {
    List<Integer> bad =
        IntStream.range(0, findings.size())
            .filter(i ->
                findings.get(i).result() == CheckStatus.WARN
                    || findings.get(i).result() == CheckStatus.FAIL)
            .boxed()
            .toList();
    List<List<String>> examples =
        snapshot.examples(
            bad.stream().map(i -> findings.get(i).check().fault()).toList(), EXAMPLES);
    for (int i = 0; i < bad.size(); i++) {
      findings.set(bad.get(i), findings.get(bad.get(i)).with(examples.get(i)));
    }
  }
}
