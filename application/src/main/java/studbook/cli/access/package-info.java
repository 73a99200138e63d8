/** Users and tokens of the dashboard. */
@NullMarked
package studbook.cli.access;

import org.jspecify.annotations.NullMarked;
