package studbook.csvimport;

/**
 * The table ra_horses cannot take the file, and nothing of it was loaded: it is missing, a right
 * is, or a constraint or trigger refuses a row. The message is one sentence for a person.
 */
public final class ImportRejectedException extends RuntimeException {

  ImportRejectedException(String sentence) {
    super(sentence);
  }

  ImportRejectedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
