package studbook.store;

/**
 * Nothing can be written, whichever row it is: a right that the process had when it began is gone.
 * It passes when the right is given back.
 */
final class RightWithdrawn extends RuntimeException {

  RightWithdrawn(Throwable cause) {
    super(cause);
  }
}
