/** How responses of the API differ from what Studbook knows. */
@NullMarked
package studbook.racingapi.drift;

import org.jspecify.annotations.NullMarked;
