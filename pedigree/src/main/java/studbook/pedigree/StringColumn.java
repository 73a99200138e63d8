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
    return isPresent(index) ? Optional.of(decoded(starts.get(index))) : Optional.empty();
  }

  /** Whether the text of an index is {@code text}; compares without decoding where it can. */
  boolean holds(int index, String text) {
    int at = starts.get(index);
    if (at == ABSENT) {
      return false;
    }
    int length = length(at);
    if (length > text.length()) {
      return decoded(at).equals(text);
    }
    if (length < text.length()) {
      return false;
    }
    // As many bytes as characters: equal only if each is a byte.
    int first = textAt(at);
    for (int i = 0; i < length; i++) {
      if (bytes[first + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String decoded(int at) {
    return new String(bytes, textAt(at), length(at), StandardCharsets.UTF_8);
  }

  private int length(int at) {
    int length = 0;
    int shift = 0;
    int next = at;
    for (; bytes[next] < 0; next++) {
      length |= (bytes[next] & (MORE - 1)) << shift;
      shift += 7;
    }
    return length | bytes[next] << shift;
  }

  /** Where the text begins whose length is at {@code at}. */
  private int textAt(int at) {
    int next = at;
    while (bytes[next] < 0) {
      next++;
    }
    return next + 1;
  }
}
