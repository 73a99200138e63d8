/** Users, sessions and tokens of the dashboard, and what its operators did. */
@NullMarked
package studbook.store.access;

import org.jspecify.annotations.NullMarked;
