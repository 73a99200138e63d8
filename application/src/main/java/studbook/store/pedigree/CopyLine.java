package studbook.store.pedigree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row in the text format of COPY, in UTF-8. Reused for each row; not thread-safe. */
final class CopyLine {

  private final int[] ends;
  private byte[] bytes = {};

  CopyLine(int fields) {
    this.ends = new int[fields];
  }

  /**
   * Reads the next row.
   *
   * @throws IllegalArgumentException if it has another number of fields
   */
  void read(byte[] row) {
    bytes = row;
    int field = 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] == '\t' || row[i] == '\n') {
        if (field == ends.length) {
          throw new IllegalArgumentException("a row of more than " + field + " fields");
        }
        ends[field++] = i;
      }
    }
    if (field != ends.length) {
      throw new IllegalArgumentException("a row of " + field + " fields, not " + ends.length);
    }
  }

  /** The value of a field; {@code null} if it is NULL. */
  @Nullable String text(int field) {
    int start = field == 0 ? 0 : ends[field - 1] + 1;
    int end = ends[field];
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\\') {
        return end - start == 2 && bytes[start + 1] == 'N' ? null : unescaped(start, end);
      }
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private String unescaped(int start, int end) {
    byte[] text = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      text[length++] = bytes[i] == '\\' && i + 1 < end ? control(bytes[++i]) : bytes[i];
    }
    return new String(Arrays.copyOf(text, length), StandardCharsets.UTF_8);
  }

  private static byte control(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> escaped;
    };
  }
}
