package studbook.store.intake;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.horse.HorseId;
import studbook.horse.Printable;

/** A column of ra_horses that a file can fill. */
enum Column {
  HORSE_ID,
  NAME,
  SEX,
  SEX_CODE,
  DOB,
  COLOUR,
  COLOUR_CODE,
  REGION;

  /** What databases, spreadsheets and statistics programs export where there is no value. */
  private static final Set<String> NOTHING =
      Set.of("NULL", "null", "NaN", "nan", "\\N", "#N/A", "N/A");

  /** Of a bad value, in a message. */
  private static final int SHOWN = 40;

  /** Columns of ra_horse_pedigree, known so that a report can say why they were left out. */
  static final Set<String> OF_PEDIGREE =
      Set.of("sire_id", "sire", "dam_id", "dam", "damsire_id", "damsire", "breeder");

  private static final LocalDate EARLIEST_DOB = LocalDate.of(1700, 1, 1);
  private static final Set<String> SEX_CODES = Set.of("C", "F", "G", "M", "H", "R");

  private final String sqlName = name().toLowerCase(Locale.ROOT);

  String sqlName() {
    return sqlName;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Column::sqlName).toList();
  }

  static Optional<Column> named(String name) {
    return Arrays.stream(values()).filter(column -> column.sqlName.equals(name)).findFirst();
  }

  /** The other half of a pair that is filled together. */
  Optional<Column> partner() {
    return switch (this) {
      case SEX -> Optional.of(SEX_CODE);
      case SEX_CODE -> Optional.of(SEX);
      case COLOUR -> Optional.of(COLOUR_CODE);
      case COLOUR_CODE -> Optional.of(COLOUR);
      case HORSE_ID, NAME, DOB, REGION -> Optional.empty();
    };
  }

  /** A value as it is stored, or {@code null} where there is none. */
  @Nullable String normalise(String raw) {
    String value = raw.strip();
    if (value.isEmpty() || NOTHING.contains(value)) {
      return null;
    }
    return switch (this) {
      case SEX_CODE, COLOUR_CODE -> value.toUpperCase(Locale.ROOT);
      case REGION -> value.toLowerCase(Locale.ROOT);
      case HORSE_ID, NAME, SEX, DOB, COLOUR -> value;
    };
  }

  /**
   * Why a value cannot be stored, or {@code null} where it can.
   *
   * @param value normalised
   * @param width of the user's column in characters
   */
  @Nullable String complaint(@Nullable String value, int width, Clock clock) {
    if (value == null) {
      return this == HORSE_ID ? "no horse_id" : null;
    }
    if (!Printable.is(value)) {
      return sqlName + " has a control character";
    }
    String reason = misfit(value, clock);
    if (reason != null) {
      return sqlName + " " + "'" + Printable.excerpt(value, SHOWN) + "'" + " is " + reason;
    }
    return value.codePointCount(0, value.length()) > width
        ? sqlName + " is wider than the column's " + width + " characters"
        : null;
  }

  private @Nullable String misfit(String value, Clock clock) {
    return switch (this) {
      case HORSE_ID -> HorseId.parse(value).isPresent() ? null : "not hrs_ and digits";
      case DOB -> misfitDay(value, clock);
      case SEX_CODE -> SEX_CODES.contains(value) ? null : "not one of C F G M H R";
      case NAME, SEX, COLOUR, COLOUR_CODE, REGION -> null;
    };
  }

  private static @Nullable String misfitDay(String value, Clock clock) {
    try {
      LocalDate day = LocalDate.parse(value);
      boolean fits = !day.isBefore(EARLIEST_DOB) && !day.isAfter(LocalDate.now(clock));
      return fits ? null : "not a day from 1700 to today";
    } catch (DateTimeException e) {
      return "not a day as 2015-04-23 is";
    }
  }
}
