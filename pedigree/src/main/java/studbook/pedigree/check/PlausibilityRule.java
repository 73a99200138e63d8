package studbook.pedigree.check;

import java.util.List;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;

/**
 * A rule that records of a pedigree must satisfy. Stateless; time and memory grow linearly, or
 * nearly so, with the number of animals.
 */
public interface PlausibilityRule {

  RuleDescription description();

  /** Records that break this rule and no other of a higher severity. */
  List<AnimalRow> example();

  /** Reports each violation once, in an order that depends on the table alone. */
  void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings);
}
