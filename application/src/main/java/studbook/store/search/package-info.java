/** Finding horses by their names, and the indexes that make it fast. */
@NullMarked
package studbook.store.search;

import org.jspecify.annotations.NullMarked;
