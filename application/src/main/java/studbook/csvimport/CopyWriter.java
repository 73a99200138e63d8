package studbook.csvimport;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Writes rows in the text format of COPY. Not thread-safe. */
final class CopyWriter {

  private static final int CHUNK = 32 * 1024;

  private final CopyIn copy;
  private final StringBuilder text = new StringBuilder(CHUNK + 4096);

  CopyWriter(CopyIn copy) {
    this.copy = copy;
  }

  /**
   * Writes a row.
   *
   * @param values without control characters, so only the backslash is escaped
   */
  void row(long line, @Nullable String[] values) {
    text.append(line);
    for (String value : values) {
      text.append('\t');
      if (value == null) {
        text.append("\\N");
      } else if (value.indexOf('\\') < 0) {
        text.append(value);
      } else {
        text.append(value.replace("\\", "\\\\"));
      }
    }
    text.append('\n');
    if (text.length() >= CHUNK) {
      send();
    }
  }

  void end() {
    send();
    try {
      copy.endCopy();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private void send() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** Carries an SQLException through the reading of the file. */
  static final class DatabaseFailure extends RuntimeException {
    DatabaseFailure(SQLException cause) {
      super(cause);
    }
  }
}
