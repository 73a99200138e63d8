package studbook.store.database;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The checksum that Flyway records for a migration: CRC-32 of its lines without their ends. */
final class MigrationChecksum {

  private MigrationChecksum() {}

  /** The checksum of a file's text, whatever its line ends are. */
  static int of(String text) {
    CRC32 sum = new CRC32();
    text.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) sum.getValue();
  }
}
