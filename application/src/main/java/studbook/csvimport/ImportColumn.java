package studbook.csvimport;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.model.HorseId;
import studbook.model.ParentRole;
import studbook.model.ProfileValidator;
import studbook.model.SafeText;

/** A column of ra_horses or ra_horse_pedigree that a file can fill. */
enum ImportColumn {
  HORSE_ID,
  NAME,
  SEX,
  SEX_CODE,
  DOB,
  COLOUR,
  COLOUR_CODE,
  REGION,
  SIRE_ID(ParentRole.SIRE),
  SIRE(true),
  DAM_ID(ParentRole.DAM),
  DAM(true),
  DAMSIRE_ID(ParentRole.DAMSIRE),
  DAMSIRE(true),
  BREEDER(true);

  /** Missing values as exported by databases, spreadsheets and statistics programs. */
  private static final Set<String> NOTHING =
      Set.of("NULL", "null", "NaN", "nan", "\\N", "#N/A", "N/A");

  /** Maximum length of a bad value in a message. */
  private static final int SHOWN = 40;

  private final String sqlName = name().toLowerCase(Locale.ROOT);
  private final boolean pedigree;
  private final @Nullable ParentRole idOf;

  ImportColumn() {
    this(false);
  }

  ImportColumn(boolean pedigree) {
    this.pedigree = pedigree;
    this.idOf = null;
  }

  /** The ID of a parent. */
  ImportColumn(ParentRole role) {
    this.pedigree = true;
    this.idOf = role;
  }

  String sqlName() {
    return sqlName;
  }

  /** Whether it belongs to ra_horse_pedigree. */
  boolean isOfPedigree() {
    return pedigree;
  }

  /** Whether it makes a pedigree: a breeder alone does not. */
  boolean isOfParent() {
    return pedigree && this != BREEDER;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ImportColumn::sqlName).toList();
  }

  static Optional<ImportColumn> named(String name) {
    return Arrays.stream(values()).filter(column -> column.sqlName.equals(name)).findFirst();
  }

  /** The other half of a pair that is filled together. */
  Optional<ImportColumn> partner() {
    return switch (this) {
      case SEX -> Optional.of(SEX_CODE);
      case SEX_CODE -> Optional.of(SEX);
      case COLOUR -> Optional.of(COLOUR_CODE);
      case COLOUR_CODE -> Optional.of(COLOUR);
      case SIRE_ID -> Optional.of(SIRE);
      case SIRE -> Optional.of(SIRE_ID);
      case DAM_ID -> Optional.of(DAM);
      case DAM -> Optional.of(DAM_ID);
      case DAMSIRE_ID -> Optional.of(DAMSIRE);
      case DAMSIRE -> Optional.of(DAMSIRE_ID);
      case HORSE_ID, NAME, DOB, REGION, BREEDER -> Optional.empty();
    };
  }

  /** The value as stored, or {@code null} if blank. */
  @Nullable String normalise(String raw) {
    String value = raw.strip();
    if (value.isEmpty() || NOTHING.contains(value)) {
      return null;
    }
    return switch (this) {
      case SEX_CODE, COLOUR_CODE -> value.toUpperCase(Locale.ROOT);
      case REGION -> value.toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  /**
   * Why a value cannot be stored, or {@code null} if it can.
   *
   * @param value normalised
   * @param width of the user's column in characters
   */
  @Nullable String validationError(@Nullable String value, int width, Clock clock) {
    if (value == null) {
      return this == HORSE_ID ? "no horse_id" : null;
    }
    if (!SafeText.is(value)) {
      return sqlName + " has a control character";
    }
    String reason = formatError(value, clock);
    if (reason != null) {
      return sqlName + " " + "'" + SafeText.excerpt(value, SHOWN) + "'" + " is " + reason;
    }
    return ProfileValidator.exceeds(width, value)
        ? sqlName + " is wider than the column's " + width + " characters"
        : null;
  }

  private @Nullable String formatError(String value, Clock clock) {
    if (idOf != null) {
      return parent(value).isPresent() ? null : idOf.idError();
    }
    return switch (this) {
      case HORSE_ID -> HorseId.parse(value).isPresent() ? null : "not hrs_ and digits";
      case DOB -> dateFormatError(value, clock);
      case SEX_CODE -> ProfileValidator.sexCodeError(value).orElse(null);
      default -> null;
    };
  }

  /** Whether a parent has the horse's own number, with any prefix. */
  boolean isOwn(@Nullable String value, @Nullable String horse) {
    Optional<String> number = value == null ? Optional.empty() : parent(value);
    return number.isPresent()
        && horse != null
        && number.equals(HorseId.parse(horse).map(HorseId::significantNumber));
  }

  /** The number of the parent that an id names. */
  private Optional<String> parent(String value) {
    return Optional.ofNullable(idOf)
        .flatMap(role -> role.horse(value))
        .map(HorseId::significantNumber)
        .filter(number -> !number.isEmpty());
  }

  private static @Nullable String dateFormatError(String value, Clock clock) {
    try {
      return ProfileValidator.dobError(LocalDate.parse(value), clock).orElse(null);
    } catch (DateTimeException e) {
      return "not a day such as 2015-04-23";
    }
  }
}
