package studbook.cli.reference;

import java.util.stream.Stream;

/** A manual page while it is written, in the macros of man(7). Not thread-safe. */
final class RoffText {

  private final StringBuilder text = new StringBuilder();

  /** Without a date, which would make two builds differ. */
  RoffText(String title, String source) {
    macro("TH", title, "1", "", source, "User Commands");
    // Neither hyphenated nor justified: options keep their spelling.
    text.append(".nh\n.ad l\n");
  }

  void section(String title) {
    macro("SH", title);
  }

  void text(String words) {
    line(escaped(words));
  }

  void bold(String words) {
    macro("B", words);
  }

  /** A term with its explanation. */
  void item(String term, String explanation) {
    text.append(".TP\n");
    bold(term);
    line(explanation.isBlank() ? "\\&" : escaped(explanation));
  }

  /** Lines that stay as they are. */
  void lines(Stream<String> lines) {
    text.append(".nf\n");
    lines.forEach(line -> line(escaped(line)));
    text.append(".fi\n");
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    text.append('\n');
  }

  /** A line that begins like a request is text. */
  private void line(String words) {
    if (words.startsWith(".") || words.startsWith("'")) {
      text.append("\\&");
    }
    text.append(words).append('\n');
  }

  private static String escaped(String words) {
    return words
        .replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
