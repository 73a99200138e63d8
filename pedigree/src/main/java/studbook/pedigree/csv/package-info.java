/** Pedigrees from CSV files. */
@NullMarked
package studbook.pedigree.csv;

import org.jspecify.annotations.NullMarked;
