package studbook.cli.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines at which the keys of a TOML file are, for error messages: the parser reports lines of
 * syntax errors only. Where a key cannot be found, the line of the table around it is given.
 */
final class ConfigLines {

  private static final Pattern TABLE = Pattern.compile("\\s*\\[\\s*([^\\[\\]]+?)\\s*]\\s*(?:#.*)?");
  private static final Pattern ENTRY =
      Pattern.compile("\\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'|\\s*\\.\\s*)+?)\\s*=.*");

  private final Map<String, Integer> lines = new HashMap<>();

  ConfigLines(String text) {
    String table = "";
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      Matcher header = TABLE.matcher(all.get(i));
      Matcher entry = ENTRY.matcher(all.get(i));
      if (header.matches()) {
        table = bare(header.group(1)) + ".";
        lines.putIfAbsent(bare(header.group(1)), i + 1);
      } else if (entry.matches()) {
        lines.putIfAbsent(table + bare(entry.group(1)), i + 1);
      }
    }
  }

  private static String bare(String key) {
    return key.replaceAll("[\\s\"']", "");
  }

  /**
   * The line of a key, from 1.
   *
   * @param path the names of its tables and its own, separated by dots
   */
  int of(String path) {
    Integer line = lines.get(path);
    int end = path.lastIndexOf('.');
    return line != null ? line : end < 0 ? 1 : of(path.substring(0, end));
  }
}
