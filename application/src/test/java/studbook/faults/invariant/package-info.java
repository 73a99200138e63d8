/**
 * The invariants that hold after every fault, checked on requests, work items, tables and texts.
 */
@NullMarked
package studbook.faults.invariant;

import org.jspecify.annotations.NullMarked;
