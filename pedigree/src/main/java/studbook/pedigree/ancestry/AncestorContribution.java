package studbook.pedigree.ancestry;

/**
 * What a common ancestor of an animal's parents adds to its inbreeding.
 *
 * @param ancestor its index
 * @param value sum of Wright's paths that meet in it, over all generations
 */
public record AncestorContribution(int ancestor, double value) {}
