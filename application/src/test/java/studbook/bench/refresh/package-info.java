/** How many requests keep a filled database fresh, on a virtual clock. */
@NullMarked
package studbook.bench.refresh;

import org.jspecify.annotations.NullMarked;
