package studbook.model;

/** A value that was left out of a row, and why. The horse did not fail. */
public record RejectedValue(Field field, String value, String reason) {}
