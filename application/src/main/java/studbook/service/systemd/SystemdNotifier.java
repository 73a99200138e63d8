package studbook.service.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.time.Ticker;

/**
 * Tells systemd the state of the service (sd_notify(3)). Does nothing where systemd did not start
 * it. Safe for many threads.
 */
public final class SystemdNotifier {

  private static final Logger log = LoggerFactory.getLogger(SystemdNotifier.class);

  private final Optional<String> socket;
  private final Optional<Duration> watchdog;

  private SystemdNotifier(Optional<String> socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** From NOTIFY_SOCKET and WATCHDOG_USEC of the process's environment. */
  public static SystemdNotifier of(Map<String, String> environment) {
    Optional<String> socket =
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(address -> address.startsWith("/") || address.startsWith("@"));
    return new SystemdNotifier(
        socket,
        Optional.ofNullable(environment.get("WATCHDOG_USEC"))
            .filter(micros -> socket.isPresent() && micros.matches("[1-9]\\d{0,14}"))
            .map(micros -> Duration.ofNanos(Long.parseLong(micros) * 1_000)));
  }

  /** How often {@link #alive} must be called at least: half the time that systemd waits. */
  public Optional<Duration> watchdogInterval() {
    return watchdog.map(time -> time.dividedBy(2));
  }

  /** The service has started, or reloaded. */
  public void ready() {
    send("READY=1");
  }

  /**
   * The service reads its settings again; {@link #ready} ends it.
   *
   * @param ticker of the machine: on Linux systemd's own CLOCK_MONOTONIC
   */
  public void reloading(Ticker ticker) {
    send("RELOADING=1\nMONOTONIC_USEC=" + ticker.nanos() / 1_000);
  }

  public void stopping() {
    send("STOPPING=1");
  }

  /** For the watchdog. */
  public void alive() {
    send("WATCHDOG=1");
  }

  private void send(String state) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      UnixDatagram.send(socket.get(), state);
    } catch (IOException e) {
      log.warn("systemd was not notified ({}): {}", state, e.getMessage());
    }
  }
}
