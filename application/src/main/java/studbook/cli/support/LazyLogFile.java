package studbook.cli.support;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import studbook.security.PrivateFiles;

/**
 * A log file that is created at the first line. After a failed write it is reopened later, as
 * logback's own files are. For an appender, which writes under a lock.
 */
final class LazyLogFile extends OutputStream {

  private final Path file;
  private final Context context;
  private @Nullable ResilientFileOutputStream opened;

  /** Creates nothing yet. */
  LazyLogFile(Path file, Context context) {
    this.file = file;
    this.context = context;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    opened().write(bytes, offset, length);
  }

  private ResilientFileOutputStream opened() throws IOException {
    ResilientFileOutputStream stream = opened;
    if (stream == null) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        PrivateFiles.folder(folder);
      }
      Logging.begin(file);
      stream = new ResilientFileOutputStream(file.toFile(), true, FileAppender.DEFAULT_BUFFER_SIZE);
      stream.setContext(context);
      opened = stream;
    }
    return stream;
  }

  @Override
  public void flush() throws IOException {
    if (opened != null) {
      opened.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
