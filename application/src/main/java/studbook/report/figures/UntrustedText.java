package studbook.report.figures;

import studbook.model.SafeText;

/** Text from outside, made printable and short; each format escapes it afterwards. */
public final class UntrustedText {

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_MESSAGE = 160;

  private UntrustedText() {}

  /** A horse, a field, a host. */
  public static String name(String text) {
    return SafeText.excerpt(text, LONGEST_NAME);
  }

  /** An error or an event. */
  public static String message(String text) {
    return SafeText.excerpt(text, LONGEST_MESSAGE);
  }
}
