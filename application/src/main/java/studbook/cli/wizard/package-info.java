/** Sets up an installation on an existing database, by questions or by options. */
@NullMarked
package studbook.cli.wizard;

import org.jspecify.annotations.NullMarked;
