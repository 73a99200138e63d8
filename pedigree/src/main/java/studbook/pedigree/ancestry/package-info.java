/**
 * What an animal's ancestors say about it: completeness of its pedigree, linebreeding, the
 * ancestors that its inbreeding comes from, and its lines. Also offspring and siblings.
 */
@NullMarked
package studbook.pedigree.ancestry;

import org.jspecify.annotations.NullMarked;
