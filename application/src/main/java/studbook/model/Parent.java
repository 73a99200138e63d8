package studbook.model;

import org.jspecify.annotations.Nullable;

/** A parent's validated id and name; either may be unknown. */
public record Parent(@Nullable String id, @Nullable String name) {

  public static final Parent UNKNOWN = new Parent(null, null);

  boolean isKnown() {
    return id != null || name != null;
  }

  /** Whether it can be linked to a horse: it has an id, or is unknown. */
  boolean isLinked() {
    return id != null || name == null;
  }
}
