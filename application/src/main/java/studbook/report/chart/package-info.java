/** Charts as pure functions from figures to shapes; who draws the shapes is not their business. */
@NullMarked
package studbook.report.chart;

import org.jspecify.annotations.NullMarked;
