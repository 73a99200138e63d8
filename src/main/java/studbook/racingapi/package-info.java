/** Requests to The Racing API: budget use, decoding, and one sealed answer to each. */
@NullMarked
package studbook.racingapi;

import org.jspecify.annotations.NullMarked;
