package studbook.racingapi.drift;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import studbook.model.CountrySuffix;
import studbook.model.ProfileValidator;
import studbook.model.drift.DriftKind;

/** What Studbook knows of the values of a field. A blank value fits every rule. */
public enum ValueRule {
  /** Any text. */
  TEXT(DriftKind.NEW_VALUE) {
    @Override
    boolean fits(String value) {
      return true;
    }
  },
  /** {@code 2015-03-04}; others may be understood too. */
  ISO_DATE(DriftKind.OTHER_FORMAT) {
    @Override
    boolean fits(String value) {
      return DATE.matcher(value).matches();
    }
  },
  SEX_CODE(DriftKind.NEW_VALUE) {
    @Override
    boolean fits(String value) {
      return ProfileValidator.SEX_CODES.contains(value.toUpperCase(Locale.ROOT));
    }
  },
  /** A colour code, or the abbreviation of a racecard in lower case. */
  COLOUR_CODE(DriftKind.NEW_VALUE) {
    @Override
    boolean fits(String value) {
      return COLOURS.contains(value.toUpperCase(Locale.ROOT));
    }
  },
  /** A country of foaling. */
  REGION(DriftKind.NEW_VALUE) {
    @Override
    boolean fits(String value) {
      return CountrySuffix.isKnown(value);
    }
  };

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** Those of British and Irish racecards, and those seen in profiles of the API. */
  private static final Set<String> COLOURS =
      Set.of(
          "B", "B/BR", "BB", "BG", "BK", "BL", "BLK", "BR", "BR/GR", "BZ", "CG", "CH", "CH/GR",
          "CR", "D", "DU", "GB", "GR", "GR/RO", "PA", "RG", "RO", "WH");

  private final DriftKind otherwise;

  ValueRule(DriftKind otherwise) {
    this.otherwise = otherwise;
  }

  /** Whether a text is known, or blank. */
  boolean accepts(String text) {
    return this == TEXT || text.isBlank() || fits(text.strip());
  }

  /** Whether a value that is not blank is known. */
  abstract boolean fits(String value);

  /** The kind of a value that does not fit. */
  DriftKind otherwise() {
    return otherwise;
  }
}
