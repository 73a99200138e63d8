/** The first page: the state of everything in one glance. */
@NullMarked
package studbook.dashboard.overview;

import org.jspecify.annotations.NullMarked;
