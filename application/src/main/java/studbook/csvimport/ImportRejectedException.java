package studbook.csvimport;

/**
 * The table rejects the file, and nothing was loaded: the table or a permission is missing, or a
 * constraint or trigger rejects a row. The message is one sentence for a person.
 */
public final class ImportRejectedException extends RuntimeException {

  ImportRejectedException(String sentence) {
    super(sentence);
  }

  ImportRejectedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
