/** SQL statements and migrations, by purpose. */
@NullMarked
package studbook.store;

import org.jspecify.annotations.NullMarked;
