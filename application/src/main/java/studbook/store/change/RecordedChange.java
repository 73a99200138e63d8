package studbook.store.change;

import java.time.Instant;
import java.util.Optional;

/**
 * A value that Studbook changed in the user's tables. The values come from outside.
 *
 * @param column of ra_horses or ra_horse_pedigree; {@code pedigree_region} is the latter's region
 * @param oldValue empty if it was blank
 * @param source endpoint, or {@code review} for an accepted review
 * @param run empty for discover and reviews
 */
public record RecordedChange(
    String horse,
    String column,
    Optional<String> oldValue,
    String newValue,
    String source,
    Optional<Long> run,
    Instant at) {}
