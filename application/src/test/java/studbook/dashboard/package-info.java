/** Tests of the dashboard in a browser and over HTTP, against the service as a process. */
@NullMarked
package studbook.dashboard;

import org.jspecify.annotations.NullMarked;
