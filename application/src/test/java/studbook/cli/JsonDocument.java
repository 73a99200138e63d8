package studbook.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * docs/json.md: for each command and each object a table of keys.
 *
 * @param sections by the command after {@code studbook}, or by the object's name
 */
record JsonDocument(Map<String, Map<String, Key>> sections) {

  /** A row of a table; {@code type} without the {@code ?} of {@code nullable}. */
  record Key(String type, boolean nullable, String unit) {}

  private static final Pattern HEADING = Pattern.compile("#{2,3} (?:`studbook )?([^`]+)`?");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9_]+)` \\| ([A-Za-z ]+)(\\?)? \\| ([^|]*)\\|.*");
  private static final String LIST = "list of ";

  static JsonDocument read() throws Exception {
    Map<String, Map<String, Key>> sections = new LinkedHashMap<>();
    Map<String, Key> section = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "json.md"))) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        section = new LinkedHashMap<>();
        sections.put(heading.group(1), section);
      } else if (row.matches()) {
        section.put(
            row.group(1), new Key(row.group(2), row.group(3) != null, row.group(4).strip()));
      } else if (line.startsWith("| `")) {
        throw new IllegalStateException("no row of a table: " + line);
      }
    }
    return new JsonDocument(sections);
  }

  /** The commands, with their arguments. */
  List<String> commands() {
    return sections.keySet().stream()
        .filter(name -> Character.isLowerCase(name.charAt(0)))
        .toList();
  }

  /** What differs between a document that a command printed and its tables. */
  List<String> differences(String command, JsonNode printed, TreeSet<String> seen) {
    List<String> differences = new ArrayList<>();
    Map<String, Key> keys = section(command);
    if (keys.isEmpty()) {
      printed.forEach(element -> scalar(command, "text", element, differences));
    } else if (printed.isArray()) {
      printed.forEach(element -> object(command, keys, element, differences, seen));
    } else {
      object(command, keys, printed, differences, seen);
    }
    seen.add(command);
    return differences;
  }

  Map<String, Key> section(String name) {
    Map<String, Key> keys = sections.get(name);
    if (keys == null) {
      throw new IllegalStateException(name + " is not described");
    }
    return keys;
  }

  private void object(
      String path,
      Map<String, Key> keys,
      JsonNode printed,
      List<String> differences,
      TreeSet<String> seen) {
    for (String name : printed.propertyNames()) {
      if (!keys.containsKey(name)) {
        differences.add(path + "." + name + " is not described");
      }
    }
    keys.forEach((name, key) -> {
      JsonNode value = printed.get(name);
      if (value == null) {
        differences.add(path + "." + name + " is not printed");
      } else if (value.isNull()) {
        if (!key.nullable()) {
          differences.add(path + "." + name + " is null");
        }
      } else {
        value(path + "." + name, key.type(), value, differences, seen);
      }
    });
  }

  private void value(
      String path, String type, JsonNode value, List<String> differences, TreeSet<String> seen) {
    if (type.startsWith(LIST)) {
      if (!value.isArray()) {
        differences.add(path + " is no list: " + value);
      }
      value.forEach(
          element -> value(path + "[]", type.substring(LIST.length()), element, differences, seen));
    } else if (Character.isUpperCase(type.charAt(0))) {
      seen.add(type);
      object(path, section(type), value, differences, seen);
    } else {
      scalar(path, type, value, differences);
    }
  }

  private static void scalar(String path, String type, JsonNode value, List<String> differences) {
    boolean fits =
        switch (type) {
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "text" -> value.isString();
          case "time" -> value.isString() && parsed(() -> OffsetDateTime.parse(value.asString()));
          case "date" -> value.isString() && parsed(() -> LocalDate.parse(value.asString()));
          default -> false;
        };
    if (!fits) {
      differences.add("%s is no %s: %s".formatted(path, type, value));
    }
  }

  private static boolean parsed(Runnable parsing) {
    try {
      parsing.run();
      return true;
    } catch (java.time.format.DateTimeParseException e) {
      return false;
    }
  }

  /** Keys that have another type or unit in one table than in another. */
  List<String> contradictions() {
    List<String> contradictions = new ArrayList<>();
    Map<String, Key> first = new LinkedHashMap<>();
    sections.forEach((section, keys) ->
        keys.forEach((name, key) -> {
          Key other = first.putIfAbsent(name, key);
          if (other != null
              && !(other.type().equals(key.type()) && other.unit().equals(key.unit()))) {
            contradictions.add("%s of %s: %s, not %s".formatted(name, section, key, other));
          }
        }));
    return contradictions;
  }
}
