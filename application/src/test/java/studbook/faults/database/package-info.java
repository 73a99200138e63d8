/** Faults between the program and the database, and in it. */
@NullMarked
package studbook.faults.database;

import org.jspecify.annotations.NullMarked;
