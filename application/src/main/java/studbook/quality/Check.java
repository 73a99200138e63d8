package studbook.quality;

/**
 * A check of every row with data. To add one, add it to {@link Checks#ALL}.
 *
 * @param key its stable name in JSON
 * @param title the meaning of the figure
 * @param fault constant SQL, true for a row at fault, over h (ra_horses) and p (ra_horse_pedigree,
 *     all NULL if the horse has none); NULL counts as false
 */
public record Check(String key, String title, CheckKind kind, String fault) {}
