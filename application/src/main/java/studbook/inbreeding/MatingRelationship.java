package studbook.inbreeding;

import studbook.pedigree.ancestry.InbreedingAnalysis;

/**
 * How two horses are related.
 *
 * @param additive twice the probability that a gene of one and a gene of the other are copies of
 *     one ancestral gene: twice the inbreeding of their foal
 * @param coefficient Wright's (1922) coefficient of relationship: the additive relationship divided
 *     by the square root of (1 + F) of the one times (1 + F) of the other; 0 to 1
 */
public record MatingRelationship(double additive, double coefficient) {

  /** That of a foal's parents. */
  public static MatingRelationship of(InbreedingAnalysis foal) {
    double additive = 2 * foal.inbreeding();
    double sire = 1 + foal.inbreeding(foal.chart().at(2));
    double dam = 1 + foal.inbreeding(foal.chart().at(3));
    return new MatingRelationship(additive, additive / Math.sqrt(sire * dam));
  }

  /** A sentence for people. */
  public String text(AnalysedHorse foal) {
    return "%s and %s: additive relationship %s, coefficient of relationship %s"
        .formatted(
            foal.name(foal.sire()),
            foal.name(foal.dam()),
            AnimalLabel.percent(additive),
            AnimalLabel.percent(coefficient));
  }
}
