/** What a person sets: flags, environment and files, checked whole before anything happens. */
@NullMarked
package studbook.cli.settings;

import org.jspecify.annotations.NullMarked;
