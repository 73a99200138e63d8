package studbook.text;

import java.util.ArrayList;
import java.util.List;

/** Wraps a sentence to lines of a terminal, between words. */
public final class LineWrap {

  private LineWrap() {}

  /**
   * Lines of at most {@code width} columns; only a longer word exceeds it.
   *
   * @param indent blank columns before each line but the first
   */
  public static List<String> lines(String text, int width, int indent) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    int begin = begin(rest);
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > begin ? space : rest.indexOf(' ', Math.max(width, begin));
      if (end < 0) {
        break;
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(indent) + rest.substring(end).strip();
      begin = indent;
    }
    lines.add(rest);
    return lines;
  }

  private static int begin(String text) {
    return text.length() - text.stripLeading().length();
  }
}
