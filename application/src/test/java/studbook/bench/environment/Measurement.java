package studbook.bench.environment;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param goal empty for information only
 */
public record Measurement(String name, String measured, String goal, boolean met) {

  public static Measurement known(String name, String measured) {
    return new Measurement(name, measured, "", true);
  }

  /**
   * A figure that should reach a goal.
   *
   * @param form of both figures, for {@link String#format}
   */
  public static Measurement atLeast(String name, String form, double goal, double measured) {
    return new Measurement(name, text(form, measured), "≥ " + text(form, goal), measured >= goal);
  }

  public static Measurement atMost(String name, String form, double goal, double measured) {
    return new Measurement(name, text(form, measured), "≤ " + text(form, goal), measured <= goal);
  }

  public static Measurement below(String name, String form, double goal, double measured) {
    return new Measurement(name, text(form, measured), "< " + text(form, goal), measured < goal);
  }

  /** With a detail in brackets after the value. */
  public Measurement with(String detail) {
    return new Measurement(name, measured + " (" + detail + ")", goal, met);
  }

  public String verdict() {
    return goal.isEmpty() ? "" : met ? "met" : "missed";
  }

  public static String text(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
