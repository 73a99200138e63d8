/** Figures, times, tables and JSON as people and scripts read them, whoever shows them. */
@NullMarked
package studbook.text;

import org.jspecify.annotations.NullMarked;
