/** Faults that the simulated API can inject. */
@NullMarked
package studbook.simulator.fault;

import org.jspecify.annotations.NullMarked;
