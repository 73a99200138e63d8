/**
 * Every fault that one machine can stage, and after each the laws that must hold, as one checker
 * sees them from outside.
 */
@NullMarked
package studbook.faults;

import org.jspecify.annotations.NullMarked;
