/** Writes outcomes in one transaction with the work item. */
@NullMarked
package studbook.store.outcome;

import org.jspecify.annotations.NullMarked;
