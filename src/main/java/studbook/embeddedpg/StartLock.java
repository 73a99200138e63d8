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

/**
 * Held by whoever starts, joins or leaves a server: one thread of one process at a time. A process
 * that dies lets go of it.
 */
final class StartLock implements AutoCloseable {

  /**
   * File locks belong to a process, and closing any channel of a file lets go of the process's lock
   * on it: two threads of one JVM that used the file at once would undo each other's lock. So they
   * pass this one first. It must be JVM-wide, as the file locks are; it holds nothing else.
   */
  private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock();

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits its turn.
   *
   * @throws EmbeddedServerException when another process has not let go of it for five minutes
   */
  static StartLock acquire(Path file, Deadline.TimeSource patience) {
    WITHIN_THIS_JVM.lock();
    FileChannel channel = null;
    try {
      channel = PrivateFiles.open(file);
      Deadline waiting = patience.of(PATIENCE);
      while (lock(channel) == null) {
        if (!waiting.goesOn()) {
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

  /** Tried rather than waited for: an interrupt would close a channel that waits in the system. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    return channel.tryLock();
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The lock goes with the file's descriptor, whatever closing it says.
      }
    }
  }

  @Override
  public void close() {
    close(channel);
    WITHIN_THIS_JVM.unlock();
  }
}
