/**
 * The embedded PostgreSQL: real binaries, a durable folder, and a server that belongs to the folder
 * and is shared by all processes that use it.
 */
@NullMarked
package studbook.embeddedpg;

import org.jspecify.annotations.NullMarked;
