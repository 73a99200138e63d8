package studbook.store.finding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.PlausibilityFinding;

/**
 * A finding of a check with the ids of its horses.
 *
 * @param horses the first is the one that the finding is about
 */
public record FoundFault(
    String rule, FindingSeverity severity, List<String> horses, String qualifier, String detail) {

  /** Copies the list. */
  public FoundFault {
    horses = List.copyOf(horses);
  }

  public static FoundFault of(PlausibilityFinding finding, AnimalTable table) {
    return new FoundFault(
        finding.rule(),
        finding.severity(),
        finding.animals().stream().map(table::id).toList(),
        finding.qualifier(),
        finding.text());
  }

  /** Equal for the same finding of two checks, whatever the order of the horses. */
  UUID key() {
    String text =
        String.join("\n", rule, qualifier, String.join("\n", horses.stream().sorted().toList()));
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
