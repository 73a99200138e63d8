package studbook.faults.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of few megabytes in memory, which can be filled. Closing unmounts it. */
public final class LimitedDisk implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final Path folder;

  private LimitedDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one at {@code folder}; skips the test if this user may not. */
  public static LimitedDisk mount(Path folder, String size) {
    return mounted(folder, "size=" + size);
  }

  /** Mounts a read-only one. */
  public static LimitedDisk mountReadOnly(Path folder) {
    return mounted(folder, "ro");
  }

  private static LimitedDisk mounted(Path folder, String options) {
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", options, "none", folder.toString()),
        "no tmpfs can be mounted here: only root may, outside of most containers");
    return new LimitedDisk(folder);
  }

  /** Writes until nothing more can be written. */
  public void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      byte[] chunk = new byte[CHUNK];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      if (!isFull()) {
        throw e;
      }
    }
  }

  public boolean isFull() {
    return folder.toFile().getUsableSpace() < CHUNK;
  }

  /** Frees the space of {@link #fill}. */
  public void empty() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (!succeeds("umount", folder.toString()) && !succeeds("umount", "-l", folder.toString())) {
      throw new IOException(folder + " could not be unmounted");
    }
  }
}
