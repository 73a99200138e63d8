/**
 * Horses requested one by one: their tasks, what follows from an answer, the confirmation of 404s,
 * and the writer of outcomes.
 */
@NullMarked
package studbook.backfill.profile;

import org.jspecify.annotations.NullMarked;
