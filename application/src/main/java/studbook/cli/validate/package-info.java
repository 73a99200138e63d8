/** The command that validates a run, and its forms. */
@NullMarked
package studbook.cli.validate;

import org.jspecify.annotations.NullMarked;
