/** libpq's sources beside a connection string: PG* variables, service files, password files. */
@NullMarked
package studbook.store.libpq;

import org.jspecify.annotations.NullMarked;
