/**
 * A run's files in the logs folder: copies for people and scripts; all state is in the database.
 */
@NullMarked
package studbook.backfill.files;

import org.jspecify.annotations.NullMarked;
