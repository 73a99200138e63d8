/** Processes, databases and disks that fail on request. */
@NullMarked
package studbook.faults.environment;

import org.jspecify.annotations.NullMarked;
