package studbook.simulator.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import studbook.simulator.fault.SimulatedFault.FaultType;

/** Corrupts correct response bodies. */
final class BodyCorruptor {

  private static final Pattern ID = Pattern.compile("\\{\"id\":\"hrs_(\\d+)\"");
  private static final Pattern FIRST_KEY = Pattern.compile("\\{(\"[^\"]+\"):");

  /** A value that every shape has, and that a client stores. */
  private static final Pattern VALUE = Pattern.compile("\"(?:sire|course)\":\"?");

  private static final int DEPTH = 10_000;

  private BodyCorruptor() {}

  /** The body that a fault sends instead; of faults that are not of the body, the body itself. */
  static byte[] corrupt(FaultType fault, byte[] body) {
    return switch (fault) {
      case EMPTY -> new byte[0];
      case NULL -> bytes("null");
      case ARRAY -> bytes("[]");
      case DEEP -> bytes("{\"id\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
      case MALFORMED -> half(body);
      case DUPLICATE_KEYS -> duplicateKeys(body);
      case WRONG_ID -> wrongId(body);
      case INVALID_UTF8 -> insert(body, new byte[] {(byte) 0xC3, '('}); // announces a second byte
      case NUL -> insert(body, bytes("\\u0000"));
      case DOB_TIME -> replaced(body, "(\"dob\":\"[^\"]+)\"", "$1T00:00:00Z\"");
      case NUMERIC_IDS -> replaced(body, "(\"(?:sire|dam|damsire)_id\":)\"[a-z]+_(\\d+)\"", "$1$2");
      case RENAMED_DOB -> replaced(body, "\"dob\":", "\"date_of_birth\":");
      case RENAMED_IDS -> replaced(body, "\"(sire|dam|damsire)_id\":", "\"$1Id\":");
      case BOOLEAN_NAMES -> replaced(body, "\"(sire|dam|damsire)\":\"[^\"]*\"", "\"$1\":false");
      case BLANK -> replaced(body, "(\"(?!id\"|horse_id\"|date\")\\w+\":)\"[^\"]*\"", "$1\"\"");
      case TIMEOUT, SLOW, CUT, CLOSE, HTML, HUGE, REDIRECT, GZIP -> body;
    };
  }

  static byte[] half(byte[] body) {
    return Arrays.copyOf(body, body.length / 2);
  }

  /** Adds a second value for a key, which a careless client would use. */
  private static byte[] duplicateKeys(byte[] body) {
    String text = text(body);
    Matcher first = FIRST_KEY.matcher(text);
    String key = text.contains("\"dob\":") || !first.lookingAt() ? "\"dob\"" : first.group(1);
    return bytes(text.substring(0, text.length() - 1) + "," + key + ":\"1901-02-03\"}");
  }

  private static byte[] wrongId(byte[] body) {
    Matcher id = ID.matcher(text(body));
    return bytes(
        id.replaceFirst(found -> "{\"id\":\"hrs_" + (Long.parseLong(found.group(1)) + 1) + "\""));
  }

  private static byte[] replaced(byte[] body, String pattern, String replacement) {
    return bytes(text(body).replaceAll(pattern, replacement));
  }

  static byte[] packed(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Inserts bytes at the beginning of a value; {@code null} becomes a text. */
  private static byte[] insert(byte[] body, byte[] inserted) {
    // One char per byte, so that text and byte offsets agree.
    Matcher value = VALUE.matcher(new String(body, StandardCharsets.ISO_8859_1));
    if (!value.find()) {
      throw new IllegalArgumentException("no value to distort in " + text(body));
    }
    boolean isText = body[value.end() - 1] == '"';
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + inserted.length);
    bytes.write(body, 0, value.end());
    bytes.writeBytes(isText ? new byte[0] : bytes("\""));
    bytes.writeBytes(inserted);
    bytes.writeBytes(isText ? new byte[0] : bytes("\""));
    int rest = isText ? value.end() : value.end() + "null".length();
    bytes.write(body, rest, body.length - rest);
    return bytes.toByteArray();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
