/** Commands on databases with other schemas, roles and messages than those of an own one. */
@NullMarked
package studbook.cli.database;

import org.jspecify.annotations.NullMarked;
