/** Tests of actions against a real PostgreSQL. */
@NullMarked
package studbook.store.access;

import org.jspecify.annotations.NullMarked;
