/** How fast the figures of large pedigrees are, and in how much memory. */
@NullMarked
package studbook.bench.pedigree;

import org.jspecify.annotations.NullMarked;
