package studbook.cli.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: lines {@code NAME=value}, {@code export NAME=value}, comments and blanks. A
 * quoted value, single or double, is taken literally, over several lines if needed; an unquoted one
 * ends at the end of the line or at white space and #. Nothing is replaced inside a value: no
 * escapes, no {@code $NAME}. The last of two lines with one name wins.
 *
 * <p>Not a library, because these files contain passwords: dotenv-java cuts a value at any #,
 * silently drops everything after an unclosed quote, rejects {@code export} and a byte order mark,
 * quotes the whole line in its error, and reads a file from the class path if the folder has none.
 */
record EnvFile(Map<String, String> values, List<EnvEntry> entries, List<String> mistakes) {

  /**
   * Where the entry of a variable is.
   *
   * @param first its first line, from 0
   * @param end the line after its last
   */
  record EnvEntry(String name, int first, int end) {}

  private static final EnvFile NONE = new EnvFile(Map.of(), List.of(), List.of());
  private static final Pattern BLANK = Pattern.compile("\\s*(?:#.*)?");
  private static final Pattern ENTRY =
      Pattern.compile("\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(?<rest>.*)");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");

  /** A file that is not there is an empty one. */
  static EnvFile read(Path file) {
    if (Files.notExists(file)) {
      return NONE;
    }
    String name = String.valueOf(file.getFileName());
    try {
      return parse(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      return new EnvFile(Map.of(), List.of(), List.of(name + " is not UTF-8 text"));
    } catch (IOException e) {
      return new EnvFile(Map.of(), List.of(), List.of(name + " is there but cannot be read"));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name, for messages
   */
  static EnvFile parse(String file, String text) {
    return new EnvFileParser(file).parse(text);
  }

  private static final class EnvFileParser {

    private final String file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<EnvEntry> entries = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    EnvFileParser(String file) {
      this.file = file;
    }

    EnvFile parse(String text) {
      List<String> lines = text.replaceFirst("^\uFEFF", "").lines().toList();
      int next = 0;
      while (next < lines.size()) {
        next = entry(lines, next);
      }
      return new EnvFile(values, entries, mistakes);
    }

    /** Reads the entry that begins at a line; returns the line after its last. */
    private int entry(List<String> lines, int start) {
      String line = lines.get(start);
      if (BLANK.matcher(line).matches()) {
        return start + 1;
      }
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        mistakes.add(at(start) + " should read NAME=value");
        return start + 1;
      }
      String name = entry.group("name");
      String rest = entry.group("rest");
      if (!rest.startsWith("\"") && !rest.startsWith("'")) {
        entries.add(new EnvEntry(name, start, start + 1));
        values.put(name, COMMENT.matcher(rest).replaceFirst("").strip());
        return start + 1;
      }
      return quoted(name, rest, lines, start);
    }

    private int quoted(String name, String first, List<String> lines, int start) {
      char quote = first.charAt(0);
      StringBuilder value = new StringBuilder(first.substring(1));
      int next = start + 1;
      while (value.indexOf(String.valueOf(quote)) < 0 && next < lines.size()) {
        value.append('\n').append(lines.get(next++));
      }
      int end = value.indexOf(String.valueOf(quote));
      if (end < 0) {
        mistakes.add(at(start) + " opens a quotation mark that is never closed");
        return start + 1;
      }
      if (!BLANK.matcher(value.substring(end + 1)).matches()) {
        mistakes.add(at(start) + " has text behind the closing quotation mark");
      } else {
        entries.add(new EnvEntry(name, start, next));
        values.put(name, value.substring(0, end));
      }
      return next;
    }

    private String at(int line) {
      return file + " line " + (line + 1);
    }
  }
}
