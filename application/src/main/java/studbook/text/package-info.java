/** Formatting of numbers, times, tables and JSON for people and scripts. */
@NullMarked
package studbook.text;

import org.jspecify.annotations.NullMarked;
