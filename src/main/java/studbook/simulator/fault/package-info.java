/** Faults that the simulated API can be told to have. */
@NullMarked
package studbook.simulator.fault;

import org.jspecify.annotations.NullMarked;
