/** Compressed files of old rows and logs, written so that a crash loses nothing. */
@NullMarked
package studbook.archive;

import org.jspecify.annotations.NullMarked;
