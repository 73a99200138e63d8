/** Points at which tests can kill the process. */
@NullMarked
package studbook.crashtest;

import org.jspecify.annotations.NullMarked;
