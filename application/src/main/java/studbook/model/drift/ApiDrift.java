package studbook.model.drift;

import java.util.Comparator;

/**
 * A difference of the API's responses from what Studbook knows, with its number of occurrences. All
 * texts are printable and short.
 *
 * @param endpoint {@code pro}, {@code standard}, {@code racecards}
 * @param path of the field: {@code dob}, {@code racecards.runners.dob}
 * @param detail the JSON type or the new value; empty for the other kinds
 * @param example of a value; may be empty
 */
public record ApiDrift(
    String endpoint, String path, DriftKind kind, String detail, long occurrences, String example)
    implements Comparable<ApiDrift> {

  private static final Comparator<ApiDrift> ORDER =
      Comparator.comparing(ApiDrift::endpoint)
          .thenComparing(ApiDrift::path)
          .thenComparing(ApiDrift::kind)
          .thenComparing(ApiDrift::detail);

  @Override
  public int compareTo(ApiDrift other) {
    return ORDER.compare(this, other);
  }

  /** {@code unknown field}, {@code is a number}. */
  public String finding() {
    return switch (kind) {
      case UNKNOWN_FIELD -> "unknown field";
      case MISSING_FIELD -> "is missing";
      case OTHER_TYPE -> "is " + detail;
      case OTHER_FORMAT -> "has another format";
      case NEW_VALUE -> "has a new value";
    };
  }

  /** {@code unknown field trainer at pro, for example "J Smith"}. */
  public String sentence() {
    String what = kind == DriftKind.UNKNOWN_FIELD ? finding() + " " + path : path + " " + finding();
    return "%s at %s%s"
        .formatted(what, endpoint, example.isEmpty() ? "" : ", for example \"" + example + "\"");
  }
}
