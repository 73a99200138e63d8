package studbook.store.database;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import studbook.store.error.ErrorClassifier;
import studbook.time.Sleeper;

/**
 * Retries while the database is unavailable. Everything that must survive an outage runs through
 * here, so one place decides what counts as an outage ({@link ErrorClassifier}). A retried
 * statement may have been committed before, its reply lost with the connection: it must be
 * repeatable. Safe for many threads.
 *
 * @param unavailable called with the reason after each failed try
 */
public record DatabaseRetry(Sleeper sleeper, Consumer<String> unavailable) {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * One or more statements.
   *
   * @param <T> their result; never null
   * @param <X> a checked exception that is passed on
   */
  @FunctionalInterface
  public interface DatabaseCall<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * Tries once. A thread that is interrupted keeps its interrupt status: a wait for the database
   * that was interrupted tells nothing about the database.
   *
   * @param unavailable called with the reason if the database is unavailable
   * @return empty if the database is unavailable, or if the thread was interrupted
   * @throws RuntimeException of {@code statement}, if waiting does not help
   */
  public static <T, X extends Exception> Optional<T> attempt(
      DatabaseCall<T, X> statement, Consumer<String> unavailable) throws X {
    try {
      return Optional.of(statement.run());
    } catch (RuntimeException e) {
      if (!ErrorClassifier.passes(e)) {
        throw e;
      }
      if (wasInterrupted(e)) {
        Thread.currentThread().interrupt();
      } else {
        unavailable.accept(ErrorClassifier.reason(e));
      }
      return Optional.empty();
    }
  }

  private static boolean wasInterrupted(Throwable failure) {
    return Thread.currentThread().isInterrupted()
        || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(InterruptedException.class::isInstance);
  }

  /** Tries until the database has answered. */
  public <T, X extends Exception> T call(DatabaseCall<T, X> statement)
      throws X, InterruptedException {
    return callWhile(() -> true, statement).orElseThrow();
  }

  /**
   * Tries at least once, and again while {@code mayGoOn}.
   *
   * @return empty if the database did not answer in time
   */
  public <T, X extends Exception> Optional<T> callWhile(
      BooleanSupplier mayGoOn, DatabaseCall<T, X> statement) throws X, InterruptedException {
    Optional<T> result = attempt(statement, unavailable);
    while (result.isEmpty() && mayGoOn.getAsBoolean()) {
      sleeper.sleep(INTERVAL);
      result = attempt(statement, unavailable);
    }
    return result;
  }
}
