/** Horses from a CSV file into ra_horses: all of the file or nothing. */
@NullMarked
package studbook.store.intake;

import org.jspecify.annotations.NullMarked;
