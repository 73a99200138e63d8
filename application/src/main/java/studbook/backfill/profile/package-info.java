/** Horses requested one by one: tasks, handling of responses, confirmation of 404s and failures. */
@NullMarked
package studbook.backfill.profile;

import org.jspecify.annotations.NullMarked;
