package studbook.cli;

/** A mistake that the person who called can mend. The message is the sentence they read. */
final class UserMistake extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UserMistake(String message) {
    super(message);
  }
}
