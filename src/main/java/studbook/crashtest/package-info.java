/** Points at which the tests let a process die, as by a kill -9. */
@NullMarked
package studbook.crashtest;

import org.jspecify.annotations.NullMarked;
