/** Tests of the search against a real PostgreSQL. */
@NullMarked
package studbook.store.search;

import org.jspecify.annotations.NullMarked;
