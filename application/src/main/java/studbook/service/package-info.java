/** The service that runs jobs by their schedules, on one of several processes. */
@NullMarked
package studbook.service;

import org.jspecify.annotations.NullMarked;
