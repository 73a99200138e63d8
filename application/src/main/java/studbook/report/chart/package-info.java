/** Charts as pure functions from figures to shapes; formats draw the shapes. */
@NullMarked
package studbook.report.chart;

import org.jspecify.annotations.NullMarked;
