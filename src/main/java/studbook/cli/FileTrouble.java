package studbook.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.store.Outage;

/** What the operating system said of a file, a folder or a port, in words. */
final class FileTrouble {

  private FileTrouble() {}

  /** A sentence, where a file or a port is the trouble. */
  static Optional<String> sentence(Throwable trouble) {
    Throwable cause = trouble instanceof UncheckedIOException ? trouble.getCause() : trouble;
    return cause instanceof IOException failure
        ? Optional.ofNullable(words(failure))
        : Optional.empty();
  }

  /** That {@code file} could not be written, and why. */
  static UserMistake cannotWrite(Path file, IOException trouble) {
    String reason =
        switch (trouble) {
          case NoSuchFileException _, NotDirectoryException _ -> "there is no such folder";
          case AccessDeniedException _ -> "this user may not write there";
          case FileSystemException other when other.getReason() != null -> other.getReason();
          default -> Outage.reason(trouble);
        };
    return new UserMistake("cannot write %s: %s".formatted(file, reason));
  }

  private static @Nullable String words(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> "this user has no right to " + denied.getFile();
      case FileAlreadyExistsException existing -> existing.getFile() + " exists already";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case BindException _ -> "the port is taken or not allowed; choose another with --port";
      default -> null;
    };
  }
}
