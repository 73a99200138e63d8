package studbook.store.libpq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The passwords of {@code ~/.pgpass}: lines of {@code host:port:database:user:password}, where
 * {@code *} matches any value and a backslash escapes the next character. The first matching line
 * wins. As in libpq, a file that is not regular or that others can access is ignored.
 */
record PasswordFile(Path file) {

  private static final Pattern FIELD = Pattern.compile("((?:[^:\\\\]++|\\\\.?)*+)(:|$)");
  private static final int FIELDS = 5;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  Optional<String> password(String host, String port, String database, String user) {
    List<String> wanted = List.of(host, port, database, user);
    try {
      if (!Files.isRegularFile(file) || !isOwnersAlone()) {
        return Optional.empty();
      }
      return Files.readAllLines(file).stream()
          .filter(line -> !line.startsWith("#"))
          .map(PasswordFile::fields)
          .filter(fields -> fits(fields, wanted))
          .map(fields -> unescaped(fields.getLast()))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // libpq ignores an unreadable file too
    }
  }

  private boolean isOwnersAlone() throws IOException {
    try {
      return OWNER.containsAll(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException e) {
      return true; // a file system without such permissions, as on Windows
    }
  }

  private static boolean fits(List<String> fields, List<String> wanted) {
    if (fields.size() < FIELDS) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      String field = fields.get(i);
      if (!field.equals("*") && !unescaped(field).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The first five; libpq ends the password at an unescaped colon. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(line);
    while (fields.size() < FIELDS && matcher.find()) {
      fields.add(matcher.group(1));
      if (matcher.group(2).isEmpty()) {
        break;
      }
    }
    return fields;
  }

  private static String unescaped(String field) {
    return field.replaceAll("\\\\(.)", "$1");
  }
}
