/** Export of rows as files for spreadsheets and scripts. */
@NullMarked
package studbook.export;

import org.jspecify.annotations.NullMarked;
