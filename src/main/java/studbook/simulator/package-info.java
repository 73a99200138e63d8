/**
 * A Racing API of our own over HTTP, with faults on request, for the demo, the tests and the
 * benchmarks.
 */
@NullMarked
package studbook.simulator;

import org.jspecify.annotations.NullMarked;
