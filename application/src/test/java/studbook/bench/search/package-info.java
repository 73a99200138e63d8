/** How long the dashboard's search takes among many horses. */
@NullMarked
package studbook.bench.search;

import org.jspecify.annotations.NullMarked;
