/** A report on a run as Markdown, HTML or JSON. */
@NullMarked
package studbook.report;

import org.jspecify.annotations.NullMarked;
