/** Commands on databases with foreign schemas, restricted roles and hostile messages. */
@NullMarked
package studbook.cli.database;

import org.jspecify.annotations.NullMarked;
