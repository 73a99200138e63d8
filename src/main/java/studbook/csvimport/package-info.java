/** Horses from a CSV file into ra_horses and ra_horse_pedigree: all of the file or nothing. */
@NullMarked
package studbook.csvimport;

import org.jspecify.annotations.NullMarked;
