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
  SIRE_ID("sir_"),
  SIRE(""),
  DAM_ID("dam_"),
  DAM(""),
  DAMSIRE_ID("dsi_"),
  DAMSIRE(""),
  BREEDER("");

  /** Missing values as exported by databases, spreadsheets and statistics programs. */
  private static final Set<String> NOTHING =
      Set.of("NULL", "null", "NaN", "nan", "\\N", "#N/A", "N/A");

  /** Maximum length of a bad value in a message. */
  private static final int SHOWN = 40;

  private static final LocalDate EARLIEST_DOB = LocalDate.of(1700, 1, 1);
  private static final Set<String> SEX_CODES = Set.of("C", "F", "G", "M", "H", "R");

  private final String sqlName = name().toLowerCase(Locale.ROOT);
  private final boolean pedigree;
  private final String prefix;

  ImportColumn() {
    this.pedigree = false;
    this.prefix = "";
  }

  /**
   * A column of ra_horse_pedigree.
   *
   * @param prefix of an id; empty if it is not an id
   */
  ImportColumn(String prefix) {
    this.pedigree = true;
    this.prefix = prefix;
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
      case HORSE_ID,
          NAME,
          SEX,
          DOB,
          COLOUR,
          SIRE_ID,
          SIRE,
          DAM_ID,
          DAM,
          DAMSIRE_ID,
          DAMSIRE,
          BREEDER ->
          value;
    };
  }

  /**
   * Why a value cannot be stored, or {@code null} if it can.
   *
   * @param value normalised
   * @param width of the user's column in characters
   */
  @Nullable String complaint(@Nullable String value, int width, Clock clock) {
    if (value == null) {
      return this == HORSE_ID ? "no horse_id" : null;
    }
    if (!SafeText.is(value)) {
      return sqlName + " has a control character";
    }
    String reason = misfit(value, clock);
    if (reason != null) {
      return sqlName + " " + "'" + SafeText.excerpt(value, SHOWN) + "'" + " is " + reason;
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
      case SIRE_ID, DAM_ID, DAMSIRE_ID ->
          number(value).isPresent() ? null : "not %s and digits".formatted(prefix);
      case NAME, SEX, COLOUR, COLOUR_CODE, REGION, SIRE, DAM, DAMSIRE, BREEDER -> null;
    };
  }

  /** Whether a parent has the horse's own number, with any prefix. */
  boolean isOwn(@Nullable String value, @Nullable String horse) {
    return !prefix.isEmpty()
        && value != null
        && horse != null
        && number(value).isPresent()
        && number(value).equals(HorseId.parse(horse).map(id -> significant(id.number())));
  }

  private Optional<String> number(String value) {
    return value.startsWith(prefix)
        ? HorseId.parse("hrs_" + value.substring(prefix.length()))
            .map(id -> significant(id.number()))
            .filter(number -> !number.isEmpty())
        : Optional.empty();
  }

  private static String significant(String number) {
    return number.replaceFirst("^0+", "");
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
