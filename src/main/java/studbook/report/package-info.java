/**
 * What a run was told, how it went and what it came to, gathered from the ledger once and written
 * as Markdown, HTML or JSON.
 */
@NullMarked
package studbook.report;

import org.jspecify.annotations.NullMarked;
