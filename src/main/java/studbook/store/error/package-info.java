/** What exceptions of the database mean. */
@NullMarked
package studbook.store.error;

import org.jspecify.annotations.NullMarked;
