package studbook.backfill.worker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.pause.RequestGate;
import studbook.model.PauseCause;

/**
 * Detects that the requests of this process fail while other processes can do its work. It then
 * holds no work: others do it, and canary requests are its probes. One thread calls {@link #check};
 * the rest is thread-safe.
 */
final class WorkerIsolation {

  private static final Logger log = LoggerFactory.getLogger(WorkerIsolation.class);

  /** Shorter failures cost less than releasing work and claiming it again. */
  private static final Duration FAILING = Duration.ofSeconds(5);

  /** A good response of another process counts from this long after the failures began here. */
  private static final Duration SHARED_WITHIN = Duration.ofSeconds(2);

  /** An older response of another process does not show that the API answers now. */
  private static final Duration LATELY = Duration.ofSeconds(20);

  private static final PauseInfo PAUSE =
      new PauseInfo(
          PauseCause.API,
          "Requests of this process fail, so other processes do its work. It continues when its"
              + " requests succeed. Check the network, the proxy and the credentials here",
          Optional.empty());

  private final List<RequestGate> gates;
  private volatile boolean isolated;

  /**
   * @param gates of all dispatchers; the first decides whether requests fail
   */
  WorkerIsolation(List<RequestGate> gates) {
    this.gates = List.copyOf(gates);
  }

  /**
   * Checks whether this process is isolated.
   *
   * @param healthyPeer whether another process of the run got a response within that time, or waits
   *     for work
   */
  boolean check(Predicate<Duration> healthyPeer) {
    boolean now =
        gates
            .getFirst()
            .failingFor()
            .filter(failing -> failing.compareTo(FAILING) >= 0)
            .map(failing -> Collections.min(List.of(failing.minus(SHARED_WITHIN), LATELY)))
            .filter(healthyPeer)
            .isPresent();
    if (now && !isolated) {
      log.warn("{}", PAUSE.reason());
    } else if (!now && isolated) {
      log.info("this process accepts work again");
      if (gates.getFirst().isAvailable()) {
        gates.stream().skip(1).forEach(RequestGate::resume);
      }
    }
    isolated = now;
    return now;
  }

  boolean isIsolated() {
    return isolated;
  }

  /** The reason while it is isolated. */
  Optional<PauseInfo> pause() {
    return isolated ? Optional.of(PAUSE) : Optional.empty();
  }
}
