/** The figures of a report, loaded once and computed here; the formats compute nothing. */
@NullMarked
package studbook.report.figures;

import org.jspecify.annotations.NullMarked;
