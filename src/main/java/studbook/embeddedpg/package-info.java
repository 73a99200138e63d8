/**
 * The embedded PostgreSQL: real binaries, a folder that lasts, a server that belongs to the folder
 * and is shared by every process that needs it.
 */
@NullMarked
package studbook.embeddedpg;

import org.jspecify.annotations.NullMarked;
