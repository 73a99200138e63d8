package studbook.model;

/** A value that was left out of a row, and why. The horse has not failed. */
public record RejectedValue(Field field, String value, String reason) {

  private static final int MAX_SHOWN = 60;

  /** For the error log. */
  public String message() {
    return "%s left out: %s (%s)"
        .formatted(field.column(), reason, SafeText.excerpt(value, MAX_SHOWN));
  }
}
