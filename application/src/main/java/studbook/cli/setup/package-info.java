/** Commands that set up, check and try out an installation. */
@NullMarked
package studbook.cli.setup;

import org.jspecify.annotations.NullMarked;
