package studbook.store.outcome;

import studbook.model.HorseId;
import studbook.model.Profile;

/**
 * A horse that ra_horses may lack, ready to be inserted.
 *
 * @param name with the suffix of the country of foaling
 */
public record NewHorse(HorseId horse, String name, Profile profile) {}
