/** The command line: commands by what people do with them, put together here. */
@NullMarked
package studbook.cli;

import org.jspecify.annotations.NullMarked;
