package studbook.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import studbook.store.statistics.Audit;
import studbook.store.table.RowCounts;

/**
 * What the checks found.
 *
 * @param rows with data, that were looked at
 * @param pedigrees of these, those with a row in ra_horse_pedigree
 */
record Findings(long rows, long pedigrees, List<Finding> all) {

  static Findings take(Audit audit, Thresholds thresholds) {
    RowCounts counts = audit.rows(Checks.ALL.stream().map(Check::fault).toList());
    List<Finding> findings = new ArrayList<>(of(Checks.ALL, counts, thresholds));
    addExamples(audit, findings);
    findings.add(
        new Finding(
            Checks.REPEATED,
            audit.repeated(),
            counts.rows(),
            thresholds.of(Checks.REPEATED.kind()),
            Optional.empty()));
    return new Findings(counts.rows(), counts.pedigrees(), List.copyOf(findings));
  }

  static List<Finding> of(List<Check> checks, RowCounts counts, Thresholds thresholds) {
    return IntStream.range(0, checks.size())
        .mapToObj(i ->
            new Finding(
                checks.get(i),
                counts.counts().get(i),
                counts.rows(),
                thresholds.of(checks.get(i).kind()),
                Optional.empty()))
        .toList();
  }

  /** Only to those that are not good: it takes another scan. */
  private static void addExamples(Audit audit, List<Finding> findings) {
    List<Integer> bad =
        IntStream.range(0, findings.size())
            .filter(i ->
                findings.get(i).result() == Result.WARN || findings.get(i).result() == Result.FAIL)
            .boxed()
            .toList();
    List<Optional<String>> examples =
        audit.examples(bad.stream().map(i -> findings.get(i).check().fault()).toList());
    for (int i = 0; i < bad.size(); i++) {
      findings.set(bad.get(i), findings.get(bad.get(i)).with(examples.get(i)));
    }
  }
}
