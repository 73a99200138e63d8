package studbook.quality;

import java.util.Locale;

/** What a criterion or a check came to. */
public enum CheckStatus {
  PASS,
  /** Not good, and no reason to distrust the rows; or not met while the run goes on. */
  WARN,
  FAIL,
  /** The database misses it because horses were not asked for yet; nothing is wrong. */
  NOT_YET,
  /** There is nothing that it could be computed of. */
  NOT_APPLICABLE;

  /** As JSON spells it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
