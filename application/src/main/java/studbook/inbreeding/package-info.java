/**
 * The inbreeding of horses and of possible foals: what it is computed from, and its figures as
 * JSON.
 */
@NullMarked
package studbook.inbreeding;

import org.jspecify.annotations.NullMarked;
