/**
 * The benchmark that {@code bench/run} starts: speed, and what it takes of memory and the limit.
 */
@NullMarked
package studbook.bench;

import org.jspecify.annotations.NullMarked;
