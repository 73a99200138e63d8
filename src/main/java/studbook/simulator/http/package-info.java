/** The simulated API's requests, answers, limit and statistics. */
@NullMarked
package studbook.simulator.http;

import org.jspecify.annotations.NullMarked;
