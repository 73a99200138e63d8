/** Output of commands about a plan and an active run. */
@NullMarked
package studbook.cli.progress;

import org.jspecify.annotations.NullMarked;
