/** The dashboard: a web server with pages, live updates and a JSON API. */
@NullMarked
package studbook.dashboard;

import org.jspecify.annotations.NullMarked;
