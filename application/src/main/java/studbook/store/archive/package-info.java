/** Rows that go to archive files: which, in which order, and their deletion. */
@NullMarked
package studbook.store.archive;

import org.jspecify.annotations.NullMarked;
