/** Classification of database errors. */
@NullMarked
package studbook.store.error;

import org.jspecify.annotations.NullMarked;
