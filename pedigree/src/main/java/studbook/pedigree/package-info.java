/**
 * Pedigrees in memory: animals with their parents as columns of numbers, read from CSV or built row
 * by row, ordered by generation and checked for cycles.
 *
 * <p>An animal is an index, 0 to {@code size() - 1}. {@link studbook.pedigree.AnimalTable
 * AnimalTable} has what is recorded of each animal, {@link studbook.pedigree.ParentLinks
 * ParentLinks} only who the parents are, and {@link studbook.pedigree.Pedigree Pedigree} is a set
 * of links without cycles, from which figures are computed. All three are immutable and may be
 * shared between threads.
 */
@NullMarked
package studbook.pedigree;

import org.jspecify.annotations.NullMarked;
