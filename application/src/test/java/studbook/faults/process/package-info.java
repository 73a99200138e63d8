/** Processes that are killed, stopped, blocked or many. */
@NullMarked
package studbook.faults.process;

import org.jspecify.annotations.NullMarked;
