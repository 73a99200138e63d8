/** The user's two tables in the catalog: columns, permissions, row level security, counts. */
@NullMarked
package studbook.store.table;

import org.jspecify.annotations.NullMarked;
