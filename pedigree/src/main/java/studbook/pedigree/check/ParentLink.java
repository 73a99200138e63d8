package studbook.pedigree.check;

/**
 * The link from an animal to one of its parents.
 *
 * @param offspring index in the table of animals
 */
public record ParentLink(int offspring, ParentSide side) {}
