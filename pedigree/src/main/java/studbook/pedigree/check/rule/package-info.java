/** The plausibility rules. */
@NullMarked
package studbook.pedigree.check.rule;

import org.jspecify.annotations.NullMarked;
