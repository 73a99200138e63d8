package studbook.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The suffixes of countries of foaling after a horse's name, as in the International Stud Book
 * Committee's list (2020) and British and Irish racecards. Other text in brackets, such as {@code
 * (II)}, belongs to the name.
 */
public final class CountrySuffix {

  private static final Set<String> CODES =
      Set.of(
          "ARG", "AUS", "AUT", "AZE", "BAR", "BEL", "BHR", "BOS", "BRZ", "BUL", "CAN", "CHI", "CHN",
          "COL", "CRO", "CYP", "CZE", "DEN", "DOM", "ECU", "FIN", "FR", "GB", "GER", "GR", "GUE",
          "HER", "HK", "HOL", "HUN", "IND", "IRE", "IRN", "ISR", "ITY", "JAM", "JER", "JPN", "KEN",
          "KOR", "KSA", "LEB", "LTU", "LUX", "MAC", "MAL", "MAU", "MEX", "MOR", "NOR", "NZ", "OM",
          "OMN", "PAK", "PAN", "PER", "PHI", "POL", "POR", "PR", "PRY", "QA", "RUM", "RUS", "SAF",
          "SER", "SIN", "SLO", "SPA", "SVK", "SVN", "SWE", "SWI", "SY", "TRI", "TUN", "TUR", "UAE",
          "URU", "USA", "UZB", "VEN", "YUG", "ZIM");

  private CountrySuffix() {}

  /** All of them in upper case, sorted. */
  public static List<String> all() {
    return CODES.stream().sorted().toList();
  }

  /** Whether {@code code} is such a suffix, in upper or lower case. */
  public static boolean isKnown(String code) {
    return CODES.contains(code.toUpperCase(Locale.ROOT));
  }
}
