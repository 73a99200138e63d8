package studbook.quality;

import java.util.Locale;

/** The status of a criterion or check. */
public enum CheckStatus {
  PASS,
  /** Not good, but no reason to distrust the rows; or not met while the run is active. */
  WARN,
  FAIL,
  /** Not met because horses were not requested yet; nothing is wrong. */
  NOT_YET,
  /** There is no data to compute it from. */
  NOT_APPLICABLE;

  /** As in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
