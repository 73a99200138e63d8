/** Processes and disks that fail on request, and the invariants that hold after each fault. */
@NullMarked
package studbook.faults.environment;

import org.jspecify.annotations.NullMarked;
