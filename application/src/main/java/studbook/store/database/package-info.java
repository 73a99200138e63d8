/** Connection pool, schema and migrations, retries and locks. */
@NullMarked
package studbook.store.database;

import org.jspecify.annotations.NullMarked;
