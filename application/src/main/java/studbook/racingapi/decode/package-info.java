/** The known fields of a JSON object, read strictly. */
@NullMarked
package studbook.racingapi.decode;

import org.jspecify.annotations.NullMarked;
