/** The pedigree commands of the database and of files. */
@NullMarked
package studbook.cli.pedigree;

import org.jspecify.annotations.NullMarked;
