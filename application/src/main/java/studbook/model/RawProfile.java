package studbook.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A horse record in the shape of the API's detailed profile, not validated: every value may be
 * missing, blank, a placeholder or invalid. Every source produces this shape, so the same horse
 * gives the same row.
 *
 * @param name with the suffix of the country of foaling
 * @param dob an ISO date
 * @param rejections values of a type that the field cannot have; they are missing above
 */
public record RawProfile(
    @Nullable String name,
    @Nullable String dob,
    @Nullable String sex,
    @Nullable String sexCode,
    @Nullable String colour,
    @Nullable String colourCode,
    @Nullable String breeder,
    RawParent sire,
    RawParent dam,
    RawParent damsire,
    List<RejectedValue> rejections) {

  public RawProfile {
    rejections = List.copyOf(rejections);
  }

  /** A record whose values are all text. */
  public RawProfile(
      @Nullable String name,
      @Nullable String dob,
      @Nullable String sex,
      @Nullable String sexCode,
      @Nullable String colour,
      @Nullable String colourCode,
      @Nullable String breeder,
      RawParent sire,
      RawParent dam,
      RawParent damsire) {
    this(name, dob, sex, sexCode, colour, colourCode, breeder, sire, dam, damsire, List.of());
  }

  /** A parent's id and name, not validated. */
  public record RawParent(@Nullable String id, @Nullable String name) {}
}
