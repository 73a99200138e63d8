/** Values that no output may show, files that nobody else may read. Every room may use it. */
@NullMarked
package studbook.secret;

import org.jspecify.annotations.NullMarked;
