/** Invented names of horses, people and places. */
@NullMarked
package studbook.simulator.population.name;

import org.jspecify.annotations.NullMarked;
