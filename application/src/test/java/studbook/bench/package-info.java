/** The benchmark that {@code bench/run} starts: how fast the house is, and how much it needs. */
@NullMarked
package studbook.bench;

import org.jspecify.annotations.NullMarked;
