/** Differences of the API's responses from what Studbook knows. */
@NullMarked
package studbook.model.drift;

import org.jspecify.annotations.NullMarked;
