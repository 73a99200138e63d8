/**
 * The domain's values and statuses: ids, names, profiles, pedigrees, and what may be written of
 * them.
 */
@NullMarked
package studbook.model;

import org.jspecify.annotations.NullMarked;
