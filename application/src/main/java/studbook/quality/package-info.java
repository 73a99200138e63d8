/** Quality of rows and runs: success criteria, checks of the rows, a score, a sample. */
@NullMarked
package studbook.quality;

import org.jspecify.annotations.NullMarked;
