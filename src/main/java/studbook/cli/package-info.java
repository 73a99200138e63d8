/**
 * The commands that people and cron tables start, and the one place where the house is put
 * together.
 */
@NullMarked
package studbook.cli;

import org.jspecify.annotations.NullMarked;
