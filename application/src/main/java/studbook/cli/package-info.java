/** The command line: commands grouped by task, and the composition of the program. */
@NullMarked
package studbook.cli;

import org.jspecify.annotations.NullMarked;
