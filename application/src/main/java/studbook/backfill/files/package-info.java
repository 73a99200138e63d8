/** What a run leaves in the logs folder: copies for people and scripts; the ledger is the truth. */
@NullMarked
package studbook.backfill.files;

import org.jspecify.annotations.NullMarked;
