/** Rows as files: what leaves Studbook for a spreadsheet or a script. */
@NullMarked
package studbook.export;

import org.jspecify.annotations.NullMarked;
