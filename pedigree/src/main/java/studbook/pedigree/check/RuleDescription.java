package studbook.pedigree.check;

/**
 * What a rule is for.
 *
 * @param id in lower case with hyphens
 * @param severity the highest that its findings have
 * @param text what is at fault, as a phrase
 */
public record RuleDescription(String id, FindingSeverity severity, RuleScope scope, String text) {

  /** The pedigrees that a rule is made for. */
  public enum RuleScope {
    /** All, of any species. */
    EVERY_PEDIGREE,
    /** Horses: ages, intervals, numbers of foals, colours. */
    HORSES,
    /** Animals whose records were fetched one by one, so that a missing parent means something. */
    FETCHED_RECORDS,
    /** A list that is expected to have all its animals. */
    WHOLE_LIST
  }
}
