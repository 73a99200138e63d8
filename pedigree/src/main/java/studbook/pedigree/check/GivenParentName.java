package studbook.pedigree.check;

/**
 * The name that an animal's record gives one of its parents.
 *
 * @param offspring index in the table of animals
 * @param parent index in the table of animals, also where it is no link
 */
public record GivenParentName(int offspring, ParentSide side, int parent, String name) {}
