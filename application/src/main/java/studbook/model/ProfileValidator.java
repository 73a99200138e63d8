package studbook.model;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.model.RawProfile.RawParent;

/**
 * Decides which values of a raw profile may be written. A placeholder is a blank; an invalid value
 * is left out and reported, the rest is kept. Immutable, safe for many threads.
 */
public final class ProfileValidator {

  /** A validated profile and the values that were left out. */
  public record ValidationResult(Profile profile, List<RejectedValue> rejections) {}

  /** No horse in racing's records was born earlier. */
  public static final LocalDate EARLIEST_DOB = LocalDate.of(1700, 1, 1);

  /** Colt, filly, gelding, mare, horse, rig. */
  public static final List<String> SEX_CODES = List.of("C", "F", "G", "M", "H", "R");

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "unknown", "unk", "unnamed", "n/a", "na", "none", "null", "nil", "tbc", "-", "--", "?",
          "0", ".");

  private final Clock clock;
  private final Map<Field, Integer> widths;

  /**
   * @param clock decides which days are in the future
   * @param widths the character limits of columns; a field that is missing here has none
   */
  public ProfileValidator(Clock clock, Map<Field, Integer> widths) {
    this.clock = clock;
    this.widths = Map.copyOf(widths);
  }

  /** The error of a date of birth; empty if it is valid. */
  public static Optional<String> dobError(LocalDate dob, Clock clock) {
    return dob.isBefore(EARLIEST_DOB)
        ? Optional.of("before " + EARLIEST_DOB.getYear())
        : dob.isAfter(LocalDate.now(clock)) ? Optional.of("in the future") : Optional.empty();
  }

  /** The error of a sex code; empty if it is valid. */
  public static Optional<String> sexCodeError(String code) {
    return SEX_CODES.contains(code)
        ? Optional.empty()
        : Optional.of("not one of " + String.join(" ", SEX_CODES));
  }

  /** Whether a column of {@code width} characters is too short for a value. */
  public static boolean exceeds(int width, String value) {
    return value.codePointCount(0, value.length()) > width;
  }

  public ValidationResult inspect(HorseId horse, RawProfile raw) {
    return new FieldCase(horse).inspect(raw);
  }

  /** The validation of one horse. */
  private final class FieldCase {

    private final HorseId horse;
    private final List<RejectedValue> rejections = new ArrayList<>();

    FieldCase(HorseId horse) {
      this.horse = horse;
    }

    ValidationResult inspect(RawProfile raw) {
      ProfileParents pedigree =
          new ProfileParents(
              parent(ParentRole.SIRE, raw.sire()),
              parent(ParentRole.DAM, raw.dam()),
              parent(ParentRole.DAMSIRE, raw.damsire()));
      Profile profile =
          new Profile(
              name(raw.name()),
              dob(raw.dob()),
              text(Field.SEX, raw.sex()),
              sexCode(raw.sexCode()),
              text(Field.COLOUR, raw.colour()),
              text(Field.COLOUR_CODE, raw.colourCode()),
              text(Field.REGION, HorseName.region(raw.name()).orElse(null)),
              text(Field.BREEDER, raw.breeder()),
              pedigree);
      rejections.addAll(raw.rejections());
      return new ValidationResult(profile, List.copyOf(rejections));
    }

    /** It is only compared, so an unusable one is no error. */
    private static @Nullable String name(@Nullable String raw) {
      String value = raw == null ? "" : SafeText.trimmed(raw);
      return isPlaceholder(HorseName.bare(value)) || !SafeText.is(value) ? null : value;
    }

    private @Nullable LocalDate dob(@Nullable String raw) {
      String value = text(Field.DOB, raw);
      if (value == null) {
        return null;
      }
      try {
        LocalDate day = DayParser.parse(value);
        return accepted(Field.DOB, value, dobError(day, clock)) ? day : null;
      } catch (DateTimeException e) {
        reject(Field.DOB, value, "not a day of the calendar");
        return null;
      }
    }

    private @Nullable String sexCode(@Nullable String raw) {
      String value = text(Field.SEX_CODE, raw);
      if (value == null) {
        return null;
      }
      String code = value.toUpperCase(Locale.ROOT);
      return accepted(Field.SEX_CODE, value, sexCodeError(code)) ? code : null;
    }

    private Parent parent(ParentRole role, RawParent raw) {
      return new Parent(parentId(role, raw.id()), parentName(role, raw.name()));
    }

    /** A parent's name; {@code Unnamed (GB)} is a placeholder too. */
    private @Nullable String parentName(ParentRole role, @Nullable String raw) {
      String name = text(role.nameField(), raw);
      return name == null || isPlaceholder(HorseName.bare(name)) ? null : name;
    }

    private @Nullable String parentId(ParentRole role, @Nullable String raw) {
      String value = text(role.idField(), raw);
      if (value == null) {
        return null;
      }
      Optional<HorseId> parent = role.horse(value).or(() -> HorseId.parse("hrs_" + value));
      if (parent.isEmpty()) {
        reject(role.idField(), value, role.idError());
        return null;
      }
      String number = parent.get().significantNumber();
      if (number.isEmpty()) {
        return null;
      }
      if (number.equals(horse.significantNumber())) {
        reject(role.idField(), value, "the horse's own number");
        return null;
      }
      return role.prefix() + parent.get().number();
    }

    private @Nullable String text(Field field, @Nullable String raw) {
      String value = raw == null ? "" : SafeText.trimmed(raw);
      if (isPlaceholder(value)) {
        return null;
      }
      if (!SafeText.is(value)) {
        reject(field, value, "has a control character");
        return null;
      }
      int width = widths.getOrDefault(field, Integer.MAX_VALUE);
      if (exceeds(width, value)) {
        reject(field, value, "wider than the column's " + width + " characters");
        return null;
      }
      return value;
    }

    private boolean accepted(Field field, String value, Optional<String> error) {
      error.ifPresent(reason -> reject(field, value, reason));
      return error.isEmpty();
    }

    private void reject(Field field, String value, String reason) {
      rejections.add(new RejectedValue(field, value, reason));
    }
  }

  private static boolean isPlaceholder(String value) {
    return value.isEmpty() || PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT));
  }
}
