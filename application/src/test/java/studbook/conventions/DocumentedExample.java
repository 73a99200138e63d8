package studbook.conventions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document.
 *
 * @param line of its first fence
 * @param kind the info string: the language, perhaps with a word that says how it is checked
 */
record DocumentedExample(Path document, int line, String kind, String text) {

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(.*?)\n(.*?)^```$");

  /** Four blanks after a blank line that is not part of a list. */
  private static final Pattern INDENTED = Pattern.compile("(?m)^(?:[^\\s-].*|)\n\n {4}\\S.*$");

  static List<DocumentedExample> of(Path document) throws IOException {
    String text = Files.readString(document);
    List<DocumentedExample> examples = new ArrayList<>();
    Matcher block = FENCE.matcher(text);
    while (block.find()) {
      int line = (int) text.substring(0, block.start()).lines().count() + 1;
      examples.add(new DocumentedExample(document, line, block.group(1), block.group(2)));
    }
    return examples;
  }

  /** Code blocks without a fence, which no test would see. */
  static List<String> unfenced(Path document) throws IOException {
    return INDENTED
        .matcher(FENCE.matcher(Files.readString(document)).replaceAll(""))
        .results()
        .map(block -> document + ": " + block.group().strip())
        .toList();
  }

  /** Commands, a line each, without comments and prompts; a backslash at the end continues one. */
  List<String> commands() {
    return text.replace("\\\n", " ")
        .lines()
        .map(command -> command.replaceFirst("(^|\\s+)#.*", "").strip())
        .filter(command -> !command.isEmpty())
        .toList();
  }

  @Override
  public String toString() {
    return "%s line %d (%s)".formatted(document, line, kind);
  }
}
