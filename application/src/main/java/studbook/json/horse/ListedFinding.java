package studbook.json.horse;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.store.finding.StoredFinding;

/**
 * A finding as it is printed.
 *
 * @param findingId number for {@code accept}; empty for a file, whose findings are not stored
 * @param state new, open or accepted
 * @param horseIds the first is the one that the finding is about
 * @param openedAt empty for a file
 */
public record ListedFinding(
    Optional<Long> findingId,
    String severity,
    String rule,
    String state,
    List<String> horseIds,
    String text,
    Optional<Instant> openedAt) {

  /** One that is stored. */
  public static ListedFinding of(StoredFinding finding) {
    return new ListedFinding(
        Optional.of(finding.id()),
        finding.severity().toString(),
        finding.rule(),
        finding.state().name().toLowerCase(Locale.ROOT),
        finding.horses(),
        finding.detail(),
        Optional.of(finding.openedAt()));
  }

  /** One that is not stored. */
  public static ListedFinding of(PlausibilityFinding finding, AnimalTable table) {
    return new ListedFinding(
        Optional.empty(),
        finding.severity().toString(),
        finding.rule(),
        "open",
        finding.animals().stream().map(table::id).toList(),
        finding.text(),
        Optional.empty());
  }
}
