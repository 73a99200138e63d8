/** Commands that plan a run or work on one. */
@NullMarked
package studbook.cli.backfill;

import org.jspecify.annotations.NullMarked;
