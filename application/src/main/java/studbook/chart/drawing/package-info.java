/** A chart as a drawing on one page, and its formats: SVG, HTML and PDF. */
@NullMarked
package studbook.chart.drawing;

import org.jspecify.annotations.NullMarked;
