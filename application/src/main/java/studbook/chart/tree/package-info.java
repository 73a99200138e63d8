/** The ancestors of one horse in the places of a chart. */
@NullMarked
package studbook.chart.tree;

import org.jspecify.annotations.NullMarked;
