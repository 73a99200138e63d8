package studbook.csvimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and returns {@link #MALFORMED} for invalid bytes, so that their line can be named;
 * the JDK's reader would stop earlier, or replace them with a character that a file can contain.
 * Skips a byte order mark, counts quotation marks. Not thread-safe.
 */
final class Utf8Reader extends Reader {

  /** A lone surrogate, which valid UTF-8 never contains. */
  static final char MALFORMED = '\uDC80';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).flip();
  private final CharBuffer chars = CharBuffer.allocate(64 * 1024).flip();
  private boolean atStart = true;
  private boolean atEnd;
  private long quotationMarks;

  Utf8Reader(InputStream in) {
    this.in = in;
  }

  /** The number of quotation marks read so far. */
  long quotationMarks() {
    return quotationMarks;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (atEnd && !bytes.hasRemaining()) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decode() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, atEnd);
    if (result.isError() && chars.hasRemaining()) {
      bytes.position(bytes.position() + result.length());
      chars.put(MALFORMED);
    } else if (result.isUnderflow() && !atEnd) {
      fill();
    }
    chars.flip();
    for (int i = 0; i < chars.limit(); i++) {
      if (chars.get(i) == '"') {
        quotationMarks++;
      }
    }
    if (atStart && chars.hasRemaining()) {
      atStart = false;
      if (chars.get(0) == BYTE_ORDER_MARK) {
        chars.position(1);
      }
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      atEnd = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
