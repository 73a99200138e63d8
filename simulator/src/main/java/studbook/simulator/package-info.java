/**
 * A stand-in for The Racing API over HTTP, with faults on request, for the demo, tests and
 * benchmarks.
 */
@NullMarked
package studbook.simulator;

import org.jspecify.annotations.NullMarked;
