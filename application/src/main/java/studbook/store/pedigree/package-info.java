/** All known horses as one table, links between them, and the ancestors that the database lacks. */
@NullMarked
package studbook.store.pedigree;

import org.jspecify.annotations.NullMarked;
