package studbook.store;

import studbook.horse.HorseId;
import studbook.horse.Profile;

/**
 * A horse that ra_horses may lack, ready to be inserted.
 *
 * @param name with the suffix of the country of foaling
 */
public record Newcomer(HorseId horse, String name, Profile profile) {}
