/** Measurements of how much of a rate limit is used. */
@NullMarked
package studbook.bench.limit;

import org.jspecify.annotations.NullMarked;
