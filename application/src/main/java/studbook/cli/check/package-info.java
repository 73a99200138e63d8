/** The checks of an installation, which check and the wizard run. */
@NullMarked
package studbook.cli.check;

import org.jspecify.annotations.NullMarked;
