package studbook.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.table.CheckCounts;

/**
 * The results of all checks.
 *
 * @param rows with data that were checked
 * @param pedigrees of these, those with a row in ra_horse_pedigree
 */
record CheckResults(long rows, long pedigrees, List<CheckResult> all) {

  static CheckResults take(ConsistentSnapshot snapshot) {
    CheckCounts counts = snapshot.rows(Checks.ALL.stream().map(Check::fault).toList());
    List<CheckResult> findings = new ArrayList<>(of(Checks.ALL, counts));
    addExamples(snapshot, findings);
    findings.add(
        new CheckResult(Checks.REPEATED, snapshot.repeated(), counts.rows(), Optional.empty()));
    return new CheckResults(counts.rows(), counts.pedigrees(), List.copyOf(findings));
  }

  static List<CheckResult> of(List<Check> checks, CheckCounts counts) {
    return IntStream.range(0, checks.size())
        .mapToObj(i ->
            new CheckResult(checks.get(i), counts.counts().get(i), counts.rows(), Optional.empty()))
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
    List<Optional<String>> examples =
        snapshot.examples(bad.stream().map(i -> findings.get(i).check().fault()).toList());
    for (int i = 0; i < bad.size(); i++) {
      findings.set(bad.get(i), findings.get(bad.get(i)).with(examples.get(i)));
    }
  }
}
