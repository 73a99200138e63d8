package studbook.bench;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param goal empty for information only
 */
record Figure(String name, String measured, String goal, boolean met) {

  static Figure known(String name, String measured) {
    return new Figure(name, measured, "", true);
  }

  /**
   * @param form of both figures, for {@link String#format}
   */
  static Figure atLeast(String name, String form, double goal, double measured) {
    return new Figure(name, text(form, measured), "≥ " + text(form, goal), measured >= goal);
  }

  static Figure atMost(String name, String form, double goal, double measured) {
    return new Figure(name, text(form, measured), "≤ " + text(form, goal), measured <= goal);
  }

  static Figure below(String name, String form, double goal, double measured) {
    return new Figure(name, text(form, measured), "< " + text(form, goal), measured < goal);
  }

  /** With a detail in brackets after the value. */
  Figure with(String detail) {
    return new Figure(name, measured + " (" + detail + ")", goal, met);
  }

  String verdict() {
    return goal.isEmpty() ? "" : met ? "met" : "missed";
  }

  static String text(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
