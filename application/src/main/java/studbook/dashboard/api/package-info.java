/** The JSON API: the figures of the pages for programs, and its description by OpenAPI. */
@NullMarked
package studbook.dashboard.api;

import org.jspecify.annotations.NullMarked;
