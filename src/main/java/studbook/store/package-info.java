/** Every SQL statement and the migrations, by what they are for. */
@NullMarked
package studbook.store;

import org.jspecify.annotations.NullMarked;
