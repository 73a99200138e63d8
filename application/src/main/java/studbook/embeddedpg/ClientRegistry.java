package studbook.embeddedpg;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import studbook.security.PrivateFiles;

/**
 * The clients of the server: a file each, locked as long as the client lives. The system releases
 * the lock when a process dies. Used under the {@link StartLock} only.
 *
 * <p>Not a shared lock on one file, because a file lock belongs to the process: closing one client
 * would release the lock of every other client in the same JVM. For the same reason this process
 * never opens its files twice; their names identify them.
 */
final class ClientRegistry {

  private final Path folder;

  ClientRegistry(Path folder) {
    this.folder = folder;
  }

  /** A client; closing it unregisters it. */
  record RegisteredClient(Path file, FileChannel channel) {
    void leave() throws IOException {
      Files.deleteIfExists(file);
      channel.close();
    }
  }

  RegisteredClient register() throws IOException {
    PrivateFiles.folder(folder);
    Path file = folder.resolve(thisProcess() + UUID.randomUUID());
    FileChannel channel = PrivateFiles.open(file);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("cannot lock " + file);
      }
      return new RegisteredClient(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether a client remains. Removes files of dead processes. */
  boolean any() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    } catch (NoSuchFileException e) {
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    boolean any = false;
    for (Path file : files) {
      any |= isAlive(file);
    }
    return any;
  }

  private static boolean isAlive(Path file) throws IOException {
    if (file.getFileName().toString().startsWith(thisProcess())) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      if (channel.tryLock() == null) {
        return true;
      }
      Files.deleteIfExists(file);
      return false;
    }
  }

  /** Process id and start: in a container a new process may have its predecessor's id. */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started + "-";
  }
}
