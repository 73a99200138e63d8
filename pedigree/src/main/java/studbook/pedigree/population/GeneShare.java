package studbook.pedigree.population;

/**
 * The expected share of a population's genes that come from one animal.
 *
 * @param animal its index
 * @param share from 0 to 1
 */
public record GeneShare(int animal, double share) {}
