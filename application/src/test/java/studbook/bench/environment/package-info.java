/** What the measurements share: processes, the database, waiting and figures. */
@NullMarked
package studbook.bench.environment;

import org.jspecify.annotations.NullMarked;
