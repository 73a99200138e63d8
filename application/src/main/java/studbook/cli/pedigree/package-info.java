/** {@code studbook pedigree} and its subcommands. */
@NullMarked
package studbook.cli.pedigree;

import org.jspecify.annotations.NullMarked;
