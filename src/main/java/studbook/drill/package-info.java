/** Where the tests let a process die, as by a kill -9. */
@NullMarked
package studbook.drill;

import org.jspecify.annotations.NullMarked;
