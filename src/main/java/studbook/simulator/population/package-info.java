/** The horses that a simulated Racing API knows: invented by a seed, or read from a file. */
@NullMarked
package studbook.simulator.population;

import org.jspecify.annotations.NullMarked;
