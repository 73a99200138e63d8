package studbook.pedigree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Texts by index, as UTF-8 in one array: a third of the memory of strings. Holds 2 GB of text at
 * most.
 */
final class StringColumn {

  private static final int ABSENT = 0;

  /** A byte has seven bits of a length; this bit says that more follow. */
  private static final int MORE = 0x80;

  private final IntColumn starts = new IntColumn(ABSENT);

  /** Each text after its length. */
  private byte[] bytes = new byte[1024];

  private int end = 1;

  /** Sets the text of an index. The bytes of a text that it replaces stay in memory. */
  void set(int index, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length + 5);
    starts.set(index, end);
    int rest = encoded.length;
    for (; rest >= MORE; rest >>>= 7) {
      bytes[end++] = (byte) ((rest & (MORE - 1)) | MORE);
    }
    bytes[end++] = (byte) rest;
    System.arraycopy(encoded, 0, bytes, end, encoded.length);
    end += encoded.length;
  }

  private void reserve(int more) {
    if (more > bytes.length - end) {
      long wanted = Math.max((long) end + more, bytes.length + (long) bytes.length / 2);
      if ((long) end + more > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("more than 2 GB of ids or names");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  boolean isPresent(int index) {
    return starts.get(index) != ABSENT;
  }

  Optional<String> get(int index) {
    int at = starts.get(index);
    if (at == ABSENT) {
      return Optional.empty();
    }
    int length = 0;
    int shift = 0;
    for (; bytes[at] < 0; at++) {
      length |= (bytes[at] & (MORE - 1)) << shift;
      shift += 7;
    }
    length |= bytes[at++] << shift;
    return Optional.of(new String(bytes, at, length, StandardCharsets.UTF_8));
  }
}
