package studbook.model;

/** A value that was left out of a row, and why. The horse it belongs to has not failed. */
public record RejectedValue(Field field, String value, String reason) {}
