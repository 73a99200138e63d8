package studbook.store.finding;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityReport;

/**
 * The findings that a person has accepted: the records are true, so figures use their links. A
 * cycle cannot be true and stays left out. Safe for many threads.
 */
public final class AcceptedFindings {

  private static final String CYCLE = "cycle";

  private final Jdbi jdbi;

  public AcceptedFindings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The findings that count, those of cycles and those that no person has accepted.
   *
   * @param table that was checked, with ids of horses
   */
  public PlausibilityReport removeFrom(PlausibilityReport report, AnimalTable table) {
    Set<UUID> accepted = keys();
    return new PlausibilityReport(
        report.rules(),
        report.findings().stream().filter(finding -> counts(finding, table, accepted)).toList());
  }

  private static boolean counts(
      PlausibilityFinding finding, AnimalTable table, Set<UUID> accepted) {
    return finding.rule().equals(CYCLE)
        || accepted.isEmpty()
        || !accepted.contains(FoundFault.of(finding, table).key());
  }

  private Set<UUID> keys() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT finding_key FROM studbook.finding
                WHERE closed_check IS NULL AND accepted_at IS NOT NULL
                """)
            .mapTo(UUID.class)
            .set());
  }
}
