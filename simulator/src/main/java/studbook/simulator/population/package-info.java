/** The horses of a simulated Racing API: invented from a seed, or read from a file. */
@NullMarked
package studbook.simulator.population;

import org.jspecify.annotations.NullMarked;
