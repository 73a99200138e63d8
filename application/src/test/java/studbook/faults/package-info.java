/**
 * Every fault that one machine can produce, and after each the invariants, checked from outside.
 */
@NullMarked
package studbook.faults;

import org.jspecify.annotations.NullMarked;
