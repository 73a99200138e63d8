/**
 * The embedded PostgreSQL: real binaries, a folder that lasts, a server that belongs to the folder
 * and is shared by whoever needs it.
 */
@NullMarked
package studbook.store.embedded;

import org.jspecify.annotations.NullMarked;
