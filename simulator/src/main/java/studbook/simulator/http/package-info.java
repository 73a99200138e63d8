/** Requests, responses, limit and statistics of the simulated API. */
@NullMarked
package studbook.simulator.http;

import org.jspecify.annotations.NullMarked;
