package studbook.pedigree.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as RFC 4180 has them: fields may be quoted, and then contain separators, quotes
 * (doubled) and line ends. Lines end with LF, CR or CR LF; empty lines are no records. Fields are
 * stripped of surrounding blanks unless quoted.
 */
final class CsvRecords {

  private static final int END = -1;
  private static final int NONE = -2;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  /** Longer fields are no ids, names or dates: probably a quote is not closed. */
  private static final int MAX_FIELD = 10_000;

  private final Reader in;
  private final char[] buffer = new char[1 << 15];
  private final StringBuilder field = new StringBuilder();
  private int next;
  private int filled;
  private int pushedBack = NONE;
  private int separator = NONE;
  private int currentLine = 1;
  private int recordLine;

  CsvRecords(Reader in) throws IOException {
    this.in = in;
    int first = read();
    if (first != BYTE_ORDER_MARK) {
      pushedBack = first;
    }
  }

  /** The line on which the last record began, from 1. */
  int line() {
    return recordLine;
  }

  /** The next record; null at the end. */
  @Nullable List<String> next() throws IOException {
    List<String> fields = new ArrayList<>();
    while (true) {
      recordLine = currentLine;
      int end = field(fields);
      while (end != END && end != '\n') {
        end = field(fields);
      }
      if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
        return fields;
      }
      if (end == END) {
        return null;
      }
      fields.clear();
    }
  }

  /** Reads a field and returns what ended it: a separator, a line end as '\n', or the end. */
  private int field(List<String> fields) throws IOException {
    field.setLength(0);
    int c = skipBlanks();
    if (c == '"') {
      c = quoted();
      fields.add(field.toString());
      return c;
    }
    while (!isEnd(c)) {
      append(c);
      c = read();
    }
    fields.add(field.toString().strip());
    return c;
  }

  private int quoted() throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        throw new PedigreeFormatException(recordLine, "a quote is not closed");
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          return afterQuote(c);
        }
      }
      append(c);
    }
  }

  private int afterQuote(int first) throws IOException {
    int c = first;
    while (c == ' ') {
      c = read();
    }
    if (!isEnd(c)) {
      throw new PedigreeFormatException(recordLine, "text after a closing quote");
    }
    return c;
  }

  private int skipBlanks() throws IOException {
    int c = read();
    while (c == ' ') {
      c = read();
    }
    return c;
  }

  private void append(int c) {
    if (field.length() == MAX_FIELD) {
      throw new PedigreeFormatException(
          recordLine, "a field longer than " + MAX_FIELD + " characters; is a quote not closed?");
    }
    field.append((char) c);
  }

  /** The first separator of the file is that of all its lines. */
  private boolean isEnd(int c) {
    if (separator == NONE && (c == ',' || c == ';' || c == '\t')) {
      separator = c;
    }
    return c == separator || c == '\n' || c == END;
  }

  /** The next character, with every line end as '\n'. */
  private int read() throws IOException {
    int c = raw();
    if (c == '\r') {
      c = raw();
      if (c != '\n') {
        pushedBack = c;
        c = '\n';
      }
    }
    if (c == '\n') {
      currentLine++;
    }
    return c;
  }

  private int raw() throws IOException {
    if (pushedBack != NONE) {
      int c = pushedBack;
      pushedBack = NONE;
      return c;
    }
    if (next == filled) {
      filled = in.read(buffer, 0, buffer.length);
      next = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return buffer[next++];
  }
}
