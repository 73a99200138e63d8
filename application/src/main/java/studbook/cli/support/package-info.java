/** What all commands share: context, options, exit codes, error messages, log. */
@NullMarked
package studbook.cli.support;

import org.jspecify.annotations.NullMarked;
