/** Commands that show the content of the database; they write nothing to it. */
@NullMarked
package studbook.cli.inspect;

import org.jspecify.annotations.NullMarked;
