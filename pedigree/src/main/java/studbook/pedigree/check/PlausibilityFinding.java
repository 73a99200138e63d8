package studbook.pedigree.check;

import java.util.List;

/**
 * What a rule found. Two findings with the same rule, animals and qualifier are the same finding of
 * two checks.
 *
 * @param rule id of the rule
 * @param animals indexes in the table of animals; the first is the one that the finding is about
 * @param qualifier tells findings of one rule about the same animals apart; mostly empty
 * @param text what is at fault, with the animals by name and id as they were recorded; not made
 *     printable
 * @param faultyLinks that figures must leave out; empty unless the severity is ERROR, and where no
 *     single link can be named
 */
public record PlausibilityFinding(
    String rule,
    FindingSeverity severity,
    List<Integer> animals,
    String qualifier,
    String text,
    List<ParentLink> faultyLinks) {

  /** Copies the lists. */
  public PlausibilityFinding {
    animals = List.copyOf(animals);
    faultyLinks = List.copyOf(faultyLinks);
    if (animals.isEmpty()) {
      throw new IllegalArgumentException("a finding is about an animal");
    }
    if (severity != FindingSeverity.ERROR && !faultyLinks.isEmpty()) {
      throw new IllegalArgumentException("only an error has links that are left out");
    }
  }
}
