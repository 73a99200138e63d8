package studbook.inbreeding;

/** A possible mating as JSON. */
public record MatingJson(
    double additiveRelationshipPercent, double relationshipPercent, InbreedingJson foal) {

  /** The figures of the foal. */
  public static MatingJson of(AnalysedHorse foal, boolean why) {
    MatingRelationship relationship = MatingRelationship.of(foal.analysis());
    return new MatingJson(
        100 * relationship.additive(),
        100 * relationship.coefficient(),
        InbreedingJson.of(foal, why));
  }
}
