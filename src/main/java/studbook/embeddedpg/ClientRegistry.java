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
 * Who uses the server: a file each, locked for as long as its client lives. The system lets go of
 * the lock when a process dies, however it dies. Used under the {@link StartLock} only.
 *
 * <p>A file each, rather than a shared lock on one, because a file lock belongs to the process:
 * closing one client would let go of the lock of every other client in the same JVM. For the same
 * reason the files of this process are never opened twice; their names tell them.
 */
final class ClientRegistry {

  private final Path folder;

  ClientRegistry(Path folder) {
    this.folder = folder;
  }

  /** One client; closing it takes it off the list. */
  record RegisteredClient(Path file, FileChannel channel) {
    void leave() throws IOException {
      Files.deleteIfExists(file);
      channel.close();
    }
  }

  RegisteredClient enter() throws IOException {
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

  /** Whether one is left. Files of dead processes are removed on the way. */
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

  /** Process id and start: in a container, each new process may well have its forerunner's id. */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started + "-";
  }
}
