/**
 * Import of horses from a CSV file into ra_horses and ra_horse_pedigree: the whole file or nothing.
 */
@NullMarked
package studbook.csvimport;

import org.jspecify.annotations.NullMarked;
