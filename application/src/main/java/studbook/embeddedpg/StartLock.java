package studbook.embeddedpg;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import studbook.security.PrivateFiles;
import studbook.text.FileErrorMessages;
import studbook.time.TimeSources;

/**
 * Held to start, join or leave a server: one thread of one process at a time. Released when a
 * process dies.
 */
final class StartLock implements AutoCloseable {

  /**
   * File locks belong to a process, and closing any channel of a file releases the process's lock
   * on it: two threads of one JVM would release each other's lock. So they take this lock first. It
   * is JVM-wide, like file locks.
   */
  private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock();

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws EmbeddedServerException if another process holds it for five minutes
   */
  static StartLock acquire(Path file, TimeSources time) {
    WITHIN_THIS_JVM.lock();
    FileChannel channel = null;
    try {
      channel = PrivateFiles.open(file);
      Deadline deadline = new Deadline(time, PATIENCE);
      while (lock(channel) == null) {
        if (!deadline.awaitNextTry()) {
          throw new EmbeddedServerException(
              "Another process has held %s for five minutes while it starts or stops the embedded PostgreSQL; end that process and try again."
                  .formatted(file));
        }
      }
      return new StartLock(channel);
    } catch (IOException | RuntimeException e) {
      close(channel);
      WITHIN_THIS_JVM.unlock();
      throw e instanceof EmbeddedServerException known
          ? known
          : new EmbeddedServerException(
              "The file %s cannot be locked (%s).".formatted(file, FileErrorMessages.reason(e)), e);
    }
  }

  /** Polls instead of blocking: an interrupt would close a channel that waits in the system. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    return channel.tryLock();
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The lock ends with the file's descriptor, even if close reports an error.
      }
    }
  }

  @Override
  public void close() {
    close(channel);
    WITHIN_THIS_JVM.unlock();
  }
}
