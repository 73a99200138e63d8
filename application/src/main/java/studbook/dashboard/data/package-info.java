/** Errors, quality, reviews, changes, schedules and drift. */
@NullMarked
package studbook.dashboard.data;

import org.jspecify.annotations.NullMarked;
