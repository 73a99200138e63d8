/** What depends on the terminal that a command runs in. */
@NullMarked
package studbook.cli.terminal;

import org.jspecify.annotations.NullMarked;
