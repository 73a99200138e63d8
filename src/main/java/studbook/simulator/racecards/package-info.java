/** Days of racing in the shape of the API's racecards, as heavy as the real ones. */
@NullMarked
package studbook.simulator.racecards;

import org.jspecify.annotations.NullMarked;
