/** The domain's values: ids, names, profiles and pedigrees, and what may be written of them. */
@NullMarked
package studbook.horse;

import org.jspecify.annotations.NullMarked;
