/**
 * The user's two tables as the catalog describes them: columns, rights, row level security, counts.
 */
@NullMarked
package studbook.store.table;

import org.jspecify.annotations.NullMarked;
