/** Seeded randomness: the same seed gives the same population. */
@NullMarked
package studbook.simulator.population.random;

import org.jspecify.annotations.NullMarked;
