/** Tests of what browsers are sent while they show a page. */
@NullMarked
package studbook.dashboard.live;

import org.jspecify.annotations.NullMarked;
