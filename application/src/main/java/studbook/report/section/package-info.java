/** The sections of a report, the same in every format for people. */
@NullMarked
package studbook.report.section;

import org.jspecify.annotations.NullMarked;
