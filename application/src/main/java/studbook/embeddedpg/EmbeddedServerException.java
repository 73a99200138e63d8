package studbook.embeddedpg;

/**
 * The embedded PostgreSQL is unavailable. The message is one sentence for a person: what failed,
 * where, and what to do; never the password.
 */
public final class EmbeddedServerException extends RuntimeException {

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
