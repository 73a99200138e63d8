/**
 * Figures of a population: inbreeding by birth year, effective size, founders and the ancestors
 * that matter most, generation interval, and the use of sires.
 */
@NullMarked
package studbook.pedigree.population;

import org.jspecify.annotations.NullMarked;
