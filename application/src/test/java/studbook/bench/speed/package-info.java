/** Measurements of horses and racecard days a second, and of requests a horse. */
@NullMarked
package studbook.bench.speed;

import org.jspecify.annotations.NullMarked;
