/** Backfills whose requests fail or whose responses are wrong. */
@NullMarked
package studbook.cli.response;

import org.jspecify.annotations.NullMarked;
