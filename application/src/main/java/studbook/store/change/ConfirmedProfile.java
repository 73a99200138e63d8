package studbook.store.change;

import java.time.LocalDate;
import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.Profile;

/**
 * A horse's profile as the API has just returned it, to be compared with its row.
 *
 * @param source endpoint: {@code pro}, {@code standard} or {@code racecards}
 * @param racecardDate of a runner; its values count as of the end of that day
 */
public record ConfirmedProfile(
    HorseId horse, Profile profile, String source, Optional<LocalDate> racecardDate) {}
