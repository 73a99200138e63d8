/** The commands of notifications. */
@NullMarked
package studbook.cli.notify;

import org.jspecify.annotations.NullMarked;
