/** Finding a horse, its page with the pedigree chart, and matings. */
@NullMarked
package studbook.dashboard.horse;

import org.jspecify.annotations.NullMarked;
