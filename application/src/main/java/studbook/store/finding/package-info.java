/** Findings of pedigree checks: recording, comparison with earlier checks, acceptance. */
@NullMarked
package studbook.store.finding;

import org.jspecify.annotations.NullMarked;
