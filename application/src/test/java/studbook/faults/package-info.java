/**
 * Every fault that one machine can produce; after each, the invariants are checked from outside.
 */
@NullMarked
package studbook.faults;

import org.jspecify.annotations.NullMarked;
