/**
 * Whether the records of a pedigree can be true: findings of plausibility rules, and the links that
 * cannot be. The rules are in {@code studbook.pedigree.check.rule}.
 */
@NullMarked
package studbook.pedigree.check;

import org.jspecify.annotations.NullMarked;
