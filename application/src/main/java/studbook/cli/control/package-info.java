/** Commands that steer a run and its processes. */
@NullMarked
package studbook.cli.control;

import org.jspecify.annotations.NullMarked;
