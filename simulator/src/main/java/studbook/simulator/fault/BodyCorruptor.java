package studbook.simulator.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Corrupts correct response bodies. */
final class BodyCorruptor {

  private static final Pattern ID = Pattern.compile("\\{\"id\":\"hrs_(\\d+)\"");
  private static final Pattern FIRST_KEY = Pattern.compile("\\{(\"[^\"]+\"):");

  /** A value that every shape has, and that a client stores. */
  private static final Pattern VALUE = Pattern.compile("\"(?:sire|course)\":\"?");

  private static final int DEPTH = 10_000;

  private BodyCorruptor() {}

  static byte[] half(byte[] body) {
    return Arrays.copyOf(body, body.length / 2);
  }

  /** Adds a second value for a key, which a careless client would use. */
  static byte[] duplicateKeys(byte[] body) {
    String text = text(body);
    Matcher first = FIRST_KEY.matcher(text);
    String key = text.contains("\"dob\":") || !first.lookingAt() ? "\"dob\"" : first.group(1);
    return bytes(text.substring(0, text.length() - 1) + "," + key + ":\"1901-02-03\"}");
  }

  static byte[] wrongId(byte[] body) {
    Matcher id = ID.matcher(text(body));
    return bytes(
        id.replaceFirst(found -> "{\"id\":\"hrs_" + (Long.parseLong(found.group(1)) + 1) + "\""));
  }

  /** Adds a byte that announces a second one, which is missing. */
  static byte[] invalidUtf8(byte[] body) {
    return insert(body, new byte[] {(byte) 0xC3, '('});
  }

  static byte[] escapedNul(byte[] body) {
    return insert(body, bytes("\\u0000"));
  }

  static byte[] dobWithTime(byte[] body) {
    return bytes(text(body).replaceAll("(\"dob\":\"[^\"]+)\"", "$1T00:00:00Z\""));
  }

  static byte[] numericIds(byte[] body) {
    return bytes(text(body).replaceAll("(\"(?:sire|dam|damsire)_id\":)\"[a-z]+_(\\d+)\"", "$1$2"));
  }

  static byte[] renamedDob(byte[] body) {
    return bytes(text(body).replace("\"dob\":", "\"date_of_birth\":"));
  }

  static byte[] renamedIds(byte[] body) {
    return bytes(text(body).replaceAll("\"(sire|dam|damsire)_id\":", "\"$1Id\":"));
  }

  static byte[] booleanNames(byte[] body) {
    return bytes(text(body).replaceAll("\"(sire|dam|damsire)\":\"[^\"]*\"", "\"$1\":false"));
  }

  static byte[] blank(byte[] body) {
    return bytes(
        text(body).replaceAll("(\"(?!id\"|horse_id\"|date\")\\w+\":)\"[^\"]*\"", "$1\"\""));
  }

  static byte[] deep() {
    return bytes("{\"id\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
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
