package studbook.quality;

/**
 * One look at every row with data. To add one, add it to {@link Checks#ALL}; nothing else.
 *
 * @param key its stable name in JSON
 * @param title what the figure tells, for people
 * @param fault constant SQL that is true of a row at fault, over h (ra_horses) and p
 *     (ra_horse_pedigree, all NULL where the horse has none); NULL counts as false
 */
public record Check(String key, String title, CheckKind kind, String fault) {}
