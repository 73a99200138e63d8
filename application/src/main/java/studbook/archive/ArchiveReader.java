package studbook.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an archive file. The file may come from anywhere: the length of a line, the
 * memory to decompress and the total size are bounded. Not thread-safe.
 */
final class ArchiveReader implements AutoCloseable {

  /** Longer than any line of Studbook's. */
  private static final int LONGEST_LINE = 1 << 20;

  /** More than a year of the errors of ten million horses. */
  private static final long MOST_BYTES = 8L << 30;

  /** As a power of two: 16 MB of memory to decompress; the writer's level needs 2 MB. */
  private static final int LARGEST_WINDOW = 24;

  private final Path file;
  private final InputStream lines;
  private long bytes;

  private ArchiveReader(Path file, InputStream lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Opens a file that exists. */
  static ArchiveReader open(Path file) throws IOException {
    ZstdInputStream plain = new ZstdInputStream(Files.newInputStream(file));
    plain.setLongMax(LARGEST_WINDOW);
    return new ArchiveReader(file, new BufferedInputStream(plain));
  }

  /**
   * The next line without its end; null after the last one.
   *
   * @throws FileSystemException if the file is damaged
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = read();
    while (octet >= 0 && octet != '\n') {
      if (line.size() == LONGEST_LINE) {
        throw damaged("a line is longer than 1 MB");
      }
      line.write(octet);
      octet = read();
    }
    if (octet < 0 && line.size() > 0) {
      throw damaged("its last line has no end");
    }
    return octet < 0 ? null : line.toByteArray();
  }

  private int read() throws IOException {
    bytes++;
    if (bytes > MOST_BYTES) {
      throw damaged("it has more than 8 GB");
    }
    try {
      return lines.read();
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  /** An exception that says what is wrong with the file. */
  FileSystemException damaged(String what) {
    return new FileSystemException(
        file.toString(),
        null,
        "the archive is damaged (%s); move it to another folder".formatted(what));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
