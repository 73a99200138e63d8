/** The command that archives, and the view of archived errors. */
@NullMarked
package studbook.cli.archive;

import org.jspecify.annotations.NullMarked;
