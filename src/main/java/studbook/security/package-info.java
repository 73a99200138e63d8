/** Values that no output may show, and files that nobody else may read. */
@NullMarked
package studbook.security;

import org.jspecify.annotations.NullMarked;
