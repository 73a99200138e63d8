package studbook.cli.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import studbook.text.FileErrorMessages;

/**
 * A file that a command writes because the user asked for it.
 *
 * @param file as given
 * @param keepsOld the message if it exists and is not replaced
 */
public record OutputFile(Path file, String keepsOld) {

  /** Writes the file. */
  public interface Writing {
    void write() throws IOException;
  }

  /**
   * Writes it.
   *
   * @throws UsageException if it cannot be written, with the reason
   */
  public void write(Writing writing) {
    try {
      writing.write();
    } catch (FileAlreadyExistsException e) {
      throw new UsageException("%s already exists: %s".formatted(file, keepsOld));
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("cannot write %s: %s".formatted(file, FileErrorMessages.reason(e)));
    }
  }
}
