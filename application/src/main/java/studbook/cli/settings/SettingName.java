package studbook.cli.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The variables that Studbook reads. */
enum SettingName {
  RACING_API_USERNAME,
  RACING_API_PASSWORD,
  RACING_API_BASE_URL,
  RACING_API_RATE,
  RACING_API_RACECARDS_RATE,
  RACING_API_TIMEOUT,
  STUDBOOK_HOME,
  STUDBOOK_KEEP_LOGS,
  /** The launcher's own; here it is only known. */
  STUDBOOK_JAVA_OPTS,
  STUDBOOK_MIN_ENRICHED,
  STUDBOOK_MIN_PEDIGREE,
  STUDBOOK_MAX_ERRORS,
  STUDBOOK_MAX_PAUSE,
  STUDBOOK_MAX_MISSING,
  STUDBOOK_MIN_KNOWN,
  STUDBOOK_MAX_IMPOSSIBLE,
  STUDBOOK_MAX_DOUBTFUL,
  DATABASE_URL,
  SUPABASE_DB_URL,
  SUPABASE_URL,
  SUPABASE_SERVICE_KEY;

  private static final List<String> OUR_PREFIXES = List.of("RACING_API_", "STUDBOOK_");

  /** Letters that a slip of the pen may change; beyond that another name was meant. */
  private static final int FARTHEST_SLIP = 3;

  /** What Kubernetes and Docker set in a container for a service named studbook or racing-api. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)"
              + "|.*_PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?");

  /** A sentence where {@code name} looks like one of Studbook's and is none. */
  static Optional<String> complaint(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    Optional<String> prefix = OUR_PREFIXES.stream().filter(upper::startsWith).findFirst();
    if (prefix.isEmpty() || isKnown(name) || SERVICE_LINK.matcher(name).matches()) {
      return Optional.empty();
    }
    String tail = upper.substring(prefix.get().length());
    String suggestion =
        names()
            .filter(known -> known.startsWith(prefix.get()))
            .filter(known -> slip(known.substring(prefix.get().length()), tail) <= FARTHEST_SLIP)
            .min(
                Comparator.comparingInt(
                    known -> slip(known.substring(prefix.get().length()), tail)))
            .map(known -> "; did you mean " + known + "?")
            .orElse("");
    String shown = name.replaceAll("[^A-Za-z0-9_]", "?");
    return Optional.of(shown + " is no setting of Studbook" + suggestion);
  }

  /** A name that was only shortened, as PASS is, lies nearer than any slip of the pen. */
  private static int slip(String known, String tail) {
    return tail.length() >= 3 && known.contains(tail) ? 0 : distance(known, tail);
  }

  static boolean isKnown(String name) {
    return names().anyMatch(name::equals);
  }

  private static Stream<String> names() {
    return Arrays.stream(values()).map(Enum::name);
  }

  /** Levenshtein's: the insertions, deletions and changes between two texts. */
  static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    Arrays.setAll(above, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
