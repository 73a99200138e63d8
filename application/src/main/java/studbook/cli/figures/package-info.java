/** Figures of pedigrees as text, JSON and files: of single horses, families and populations. */
@NullMarked
package studbook.cli.figures;

import org.jspecify.annotations.NullMarked;
