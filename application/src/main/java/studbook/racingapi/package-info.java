/** HTTP client of The Racing API: decoding, and one sealed result for each request. */
@NullMarked
package studbook.racingapi;

import org.jspecify.annotations.NullMarked;
