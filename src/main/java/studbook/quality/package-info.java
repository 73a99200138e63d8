/** What the rows and a run are worth: success criteria, checks of the rows, a score, a sample. */
@NullMarked
package studbook.quality;

import org.jspecify.annotations.NullMarked;
