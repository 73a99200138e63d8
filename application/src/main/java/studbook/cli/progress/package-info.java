/** What a command prints about a plan and a run under way. */
@NullMarked
package studbook.cli.progress;

import org.jspecify.annotations.NullMarked;
