package studbook.pedigree.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The numbers that decide between plausible, unlikely and impossible. Ages are in years and count
 * as breeders do, by breeding seasons, so that a horse born in May 2000 is 4 in February 2004. The
 * defaults come from racing records: foals at 21 and 22 are common, a Group 1 winner out of a dam
 * of 24 is known, and the shortest of 264 intervals between foals was 331 days.
 */
public enum RuleThreshold {
  SIRE_YOUNG_ERROR(2, "years; a sire of this age or younger is an error"),
  SIRE_YOUNG_WARNING(3, "years; a sire of this age or younger is a warning"),
  SIRE_OLD_WARNING(27, "years; an older sire is a warning"),
  SIRE_OLD_ERROR(33, "years; an older sire is an error"),
  DAM_YOUNG_ERROR(2, "years; a dam of this age or younger is an error"),
  DAM_YOUNG_WARNING(3, "years; a dam of this age or younger is a warning"),
  DAM_OLD_WARNING(24, "years; an older dam is a warning"),
  DAM_OLD_ERROR(30, "years; an older dam is an error"),
  TWIN_DAYS(3, "days; foals of a dam at most so far apart are twins, a warning"),
  INTERVAL_ERROR(299, "days; foals of a dam at most so far apart, but not twins, are an error"),
  INTERVAL_WARNING(325, "days; foals of a dam at most so far apart are a warning"),
  SIRE_CROP_WARNING(300, "foals; more of one sire in a season are a warning"),
  SIRE_CROP_ERROR(500, "foals; more of one sire in a season are an error"),
  DAM_FOALS_WARNING(18, "foals; more of one dam are a warning"),
  DAM_FOALS_ERROR(25, "foals; more of one dam are an error"),
  EARLIEST_BIRTH(1650, "a year; an earlier birth is an error");

  private final int usual;
  private final String description;

  RuleThreshold(int usual, String description) {
    this.usual = usual;
    this.description = description;
  }

  /** The default. */
  public int usual() {
    return usual;
  }

  /** Its unit and what it decides. */
  public String description() {
    return description;
  }

  /** Its name in settings, such as {@code dam_old_warning}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The threshold with that {@link #key}. */
  public static Optional<RuleThreshold> ofKey(String key) {
    return Arrays.stream(values()).filter(threshold -> threshold.key().equals(key)).findFirst();
  }
}
