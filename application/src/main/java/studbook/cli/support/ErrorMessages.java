package studbook.cli.support;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.cli.settings.SettingsException;
import studbook.csvimport.CsvFormatException;
import studbook.csvimport.ImportRejectedException;
import studbook.embeddedpg.EmbeddedServerException;
import studbook.model.SafeText;
import studbook.store.error.DatabaseError;
import studbook.store.error.DatabaseError.ErrorPlace;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;
import studbook.text.FileErrorMessages;

/**
 * Turns exceptions into sentences for people: what happened, to what, and what to do. No sentence
 * contains a credential or a terminal control character.
 */
public final class ErrorMessages {

  /** Characters. */
  private static final int MAX_LENGTH = 4_000;

  private ErrorMessages() {}

  /**
   * Whether the database refused a statement for a missing permission, and that has not been
   * reported yet.
   */
  public static boolean isMissingRight(Throwable e) {
    return !(e instanceof Exception known && isMistake(known))
        && DatabaseError.in(e)
            .filter(error -> error.place() == ErrorPlace.STATEMENT)
            .filter(error -> error.state().equals(DatabaseError.INSUFFICIENT_PRIVILEGE))
            .isPresent();
  }

  /** Whether the user can fix it; its message says how. */
  public static boolean isMistake(Exception e) {
    return e instanceof UsageException
        || e instanceof StoreException
        || e instanceof EmbeddedServerException
        || e instanceof CsvFormatException
        || e instanceof ImportRejectedException;
  }

  /** The message of an exception, in one sentence without credentials. */
  public static String sentence(Throwable e) {
    if (e instanceof SettingsException settings) {
      return String.join("; ", settings.mistakes());
    }
    if (e instanceof Exception known && isMistake(known)) {
      return oneLine(known.getMessage());
    }
    Optional<String> file = FileErrorMessages.sentence(e);
    if (file.isPresent()) {
      return oneLine(file.get());
    }
    if (isMissingRight(e)) {
      return "the database user lacks a privilege: " + oneLine(ErrorClassifier.reason(e));
    }
    return ErrorClassifier.passes(e)
        ? "the database is unavailable: " + oneLine(ErrorClassifier.reason(e))
        : e.getClass().getSimpleName() + ": " + oneLine(ErrorClassifier.reason(e));
  }

  /** Like {@link #sentence}, for a log, which may be shared: without the user's name in a GRANT. */
  public static String loggedSentence(Throwable e) {
    return sentence(e).replaceAll(" TO [^;]*;", " TO …;");
  }

  /**
   * The first line, without terminal control characters: names in a database may contain anything.
   */
  public static String oneLine(@Nullable String message) {
    return message == null ? "" : SafeText.excerpt(message.split("\n", 2)[0], MAX_LENGTH);
  }
}
