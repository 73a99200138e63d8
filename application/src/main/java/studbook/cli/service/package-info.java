/** Commands of the service and its schedules. */
@NullMarked
package studbook.cli.service;

import org.jspecify.annotations.NullMarked;
