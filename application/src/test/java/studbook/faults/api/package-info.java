/** Faults between the program and the API. */
@NullMarked
package studbook.faults.api;

import org.jspecify.annotations.NullMarked;
