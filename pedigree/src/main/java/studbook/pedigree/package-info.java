/**
 * The graph of sires and dams, and the figures that follow from it. It depends on no other package.
 */
@NullMarked
package studbook.pedigree;

import org.jspecify.annotations.NullMarked;
