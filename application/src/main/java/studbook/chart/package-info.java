/**
 * Pedigree charts: the ancestors of one horse as text, as a drawing (SVG, HTML, PDF), as JSON and
 * as GEDCOM.
 */
@NullMarked
package studbook.chart;

import org.jspecify.annotations.NullMarked;
