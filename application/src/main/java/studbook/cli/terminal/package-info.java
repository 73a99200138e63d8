/** Terminal input and output. */
@NullMarked
package studbook.cli.terminal;

import org.jspecify.annotations.NullMarked;
