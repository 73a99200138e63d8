/** Every SQL statement, the migrations and the embedded PostgreSQL. */
@NullMarked
package studbook.store;

import org.jspecify.annotations.NullMarked;
