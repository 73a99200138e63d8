/** What people who watch the dashboard cost a run. */
@NullMarked
package studbook.bench.dashboard;

import org.jspecify.annotations.NullMarked;
