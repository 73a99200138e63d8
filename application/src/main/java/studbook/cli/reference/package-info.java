/** Manual pages and completion scripts, made from the commands' own model. */
@NullMarked
package studbook.cli.reference;

import org.jspecify.annotations.NullMarked;
