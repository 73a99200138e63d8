/** A Racing API of our own over HTTP, for the demo, the tests and the benchmark. */
@NullMarked
package studbook.simulator;

import org.jspecify.annotations.NullMarked;
