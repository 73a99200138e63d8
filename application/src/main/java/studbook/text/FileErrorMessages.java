package studbook.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes errors of files, folders and ports without exception names. The only class that does.
 */
public final class FileErrorMessages {

  /** The system's message for a failed write without a file name. */
  private static final Pattern OF_A_DISK =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|File too large|Input/output error"
              + "|Read-only file system|Stale file handle");

  /** The format of FileOutputStream's messages. */
  private static final Pattern REASON_IN_BRACKETS = Pattern.compile(".* \\(([^()]+)\\)");

  private FileErrorMessages() {}

  /** A sentence with the file; empty if the cause is neither a file nor a port. */
  public static Optional<String> sentence(Throwable failure) {
    return Optional.ofNullable(
        switch (cause(failure)) {
          case NoSuchFileException missing -> missing.getFile() + " does not exist";
          case AccessDeniedException denied -> "permission denied: " + denied.getFile();
          case FileAlreadyExistsException existing -> existing.getFile() + " already exists";
          case NotDirectoryException file -> file.getFile() + " is not a directory";
          case FileSystemException other when other.getReason() != null ->
              other.getFile() + ": " + other.getReason();
          case FileNotFoundException other -> other.getMessage();
          case BindException _ -> "the port is in use or not allowed; choose another with --port";
          case IOException other when isOfADisk(other) ->
              "a file cannot be written: " + other.getMessage();
          default -> null;
        });
  }

  /** The reason alone, for a sentence that names the file and the action. */
  public static String reason(Throwable failure) {
    return switch (cause(failure)) {
      case NoSuchFileException _ -> "no such file or directory";
      case NotDirectoryException _ -> "no such directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it already exists";
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case FileNotFoundException other -> inBrackets(other.getMessage());
      case Throwable other -> said(other.getMessage());
    };
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof UncheckedIOException && cause != null ? cause : failure;
  }

  private static boolean isOfADisk(IOException failure) {
    return failure.getMessage() != null && OF_A_DISK.matcher(failure.getMessage()).matches();
  }

  private static String inBrackets(@Nullable String message) {
    Matcher matcher = REASON_IN_BRACKETS.matcher(message == null ? "" : message);
    return matcher.matches() ? matcher.group(1) : said(message);
  }

  private static String said(@Nullable String message) {
    return message == null || message.isBlank() ? "the system gives no reason" : message;
  }
}
