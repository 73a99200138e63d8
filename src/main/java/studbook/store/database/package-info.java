/** The connection pool, the schema and its migrations, retries and locks. */
@NullMarked
package studbook.store.database;

import org.jspecify.annotations.NullMarked;
