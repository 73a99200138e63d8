/** Server-sent events: pages that are open follow what happens. */
@NullMarked
package studbook.dashboard.live;

import org.jspecify.annotations.NullMarked;
