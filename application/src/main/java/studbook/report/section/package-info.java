/** The sections of a report, the same in every format that people read. */
@NullMarked
package studbook.report.section;

import org.jspecify.annotations.NullMarked;
