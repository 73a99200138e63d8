package studbook.racingapi.network;

import java.time.Duration;

/** Observes requests when they have ended. Safe for many threads. */
@FunctionalInterface
public interface RequestObserver {

  /** Observes nothing. */
  RequestObserver NONE = (_, _, _) -> {};

  /**
   * A request has ended, well or not. Must not throw or block.
   *
   * @param endpoint {@code pro}, {@code standard} or {@code racecards}
   * @param status of the response; 0 if none came
   * @param duration from sending to the last byte, or to the failure
   */
  void onRequest(String endpoint, int status, Duration duration);
}
