package studbook.embeddedpg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** PostgreSQL's programs for all tests, unpacked once though several processes share the tests. */
final class TestBinaries {

  /** Holds them. */
  static final Path FOLDER = unpacked();

  private TestBinaries() {}

  private static Path unpacked() {
    Path folder = Path.of("target", "test-binaries").toAbsolutePath();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("unpack.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        PostgresBinaries.ofThisPlatform().unpackedIn(folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
