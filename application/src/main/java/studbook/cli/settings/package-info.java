/** Settings: flags, environment and files, validated before anything happens. */
@NullMarked
package studbook.cli.settings;

import org.jspecify.annotations.NullMarked;
