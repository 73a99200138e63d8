package studbook.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import studbook.security.AtomicFile;

/**
 * Sets variables in a {@code .env} file. Every line of it stays: an entry with another value
 * becomes a comment, and the new entry follows it. The new file takes the place of the old one as a
 * whole, and only its owner can read it.
 */
public final class EnvFileUpdate {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");
  private static final String HEADING = "# Written by studbook init --wizard";

  private final Path file;

  public EnvFileUpdate(Path file) {
    this.file = file;
  }

  /**
   * Writes the file if a value differs.
   *
   * @param variables by name
   * @return whether it was written
   * @throws IllegalArgumentException with the variable whose value such a file cannot hold
   */
  public boolean set(Map<String, String> variables) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    String after = merged(before, variables);
    if (after.equals(before)) {
      return false;
    }
    // A link stays: its target is replaced.
    Path target = Files.exists(file) ? file.toRealPath() : file;
    try (AtomicFile written = AtomicFile.at(target, true)) {
      written.writer().write(after);
      written.commit();
    }
    return true;
  }

  /** The text with these values. */
  static String merged(String text, Map<String, String> variables) {
    EnvFile parsed = EnvFile.parse(".env.local", text);
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    lines.removeIf(String::isEmpty);
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder added = new StringBuilder();
    List<AddedEntry> insertions = new ArrayList<>();
    variables.forEach((name, value) -> {
      if (value.equals(parsed.values().get(name))) {
        return;
      }
      String entry = name + "=" + quoted(name, value) + end;
      List<EnvFile.EnvEntry> earlier =
          parsed.entries().stream().filter(one -> one.name().equals(name)).toList();
      if (earlier.isEmpty()) {
        added.append(entry);
      } else {
        earlier.forEach(one -> comment(lines, one));
        insertions.add(new AddedEntry(earlier.getLast().end(), entry));
      }
    });
    insertions.sort((one, other) -> Integer.compare(other.line(), one.line()));
    insertions.forEach(one -> {
      endLine(lines, one.line() - 1, end);
      lines.add(one.line(), one.entry());
    });
    if (!added.isEmpty()) {
      endLine(lines, lines.size() - 1, end);
      lines.add((lines.isEmpty() ? "" : end) + HEADING + end + added);
    }
    return String.join("", lines);
  }

  private record AddedEntry(int line, String entry) {}

  private static void comment(List<String> lines, EnvFile.EnvEntry entry) {
    for (int line = entry.first(); line < entry.end(); line++) {
      lines.set(line, "# " + lines.get(line));
    }
  }

  private static void endLine(List<String> lines, int line, String end) {
    if (line >= 0 && !lines.get(line).endsWith("\n")) {
      lines.set(line, lines.get(line) + end);
    }
  }

  private static String quoted(String name, String value) {
    Predicate<String> same =
        text ->
            Optional.ofNullable(EnvFile.parse("", name + "=" + text).values().get(name))
                .filter(value::equals)
                .isPresent();
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    for (String candidate : List.of("'" + value + "'", "\"" + value + "\"", value)) {
      if (same.test(candidate)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        name
            + " has a value that a file of variables cannot hold, because of its quotation marks:"
            + " set it in the environment");
  }
}
