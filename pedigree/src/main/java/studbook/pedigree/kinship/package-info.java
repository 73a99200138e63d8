/**
 * Figures of gene identity by descent: inbreeding, relationship, and the inbreeding of possible
 * foals.
 *
 * <p>Parents that are not known count as unrelated founders that are not inbred; so a figure is a
 * lower bound where the pedigree has gaps.
 */
@NullMarked
package studbook.pedigree.kinship;

import org.jspecify.annotations.NullMarked;
