package studbook.store.outcome;

import studbook.model.HorseId;
import studbook.model.Profile;

/**
 * A horse to insert if ra_horses lacks it.
 *
 * @param name with the suffix of the country of foaling
 */
public record NewHorse(HorseId horse, String name, Profile profile) {}
