/** Measurements on large tables. */
@NullMarked
package studbook.bench.scale;

import org.jspecify.annotations.NullMarked;
