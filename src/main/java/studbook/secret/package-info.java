/** Values that no output may show. Every room may use it. */
@NullMarked
package studbook.secret;

import org.jspecify.annotations.NullMarked;
