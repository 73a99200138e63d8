/** What the commands about plausibility of pedigrees share: options, text, JSON. */
@NullMarked
package studbook.cli.plausibility;

import org.jspecify.annotations.NullMarked;
