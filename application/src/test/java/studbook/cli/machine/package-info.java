/** Commands on machines with other locales, terminals, disks and users. */
@NullMarked
package studbook.cli.machine;

import org.jspecify.annotations.NullMarked;
