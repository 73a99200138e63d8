/** Comparison of the API's values with the user's rows: confirmations, changes, reviews. */
@NullMarked
package studbook.store.change;

import org.jspecify.annotations.NullMarked;
