package studbook.racingapi.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import studbook.time.Ticker;

/**
 * After a failed connection, finds the addresses of the host that accept one, by connecting to each
 * without sending. Later requests use those. Safe for many threads: calls within two seconds share
 * a trial.
 */
public final class ConnectionTrial {

  private static final Duration SHARED = Duration.ofSeconds(2);

  /** Maximum number of addresses in the text. */
  private static final int NAMED = 3;

  private final String host;
  private final int port;
  private final Duration limit;
  private final DeadAddresses dead;
  private final Ticker ticker;
  private Optional<TrialFinding> latest = Optional.empty();

  /** The result for people, and its time. */
  private record TrialFinding(String text, long at) {}

  /** An address, and why it did not accept a connection; empty if it did. */
  private record TrialResult(InetAddress address, Optional<String> failure) {

    String text() {
      return address.getHostAddress() + " " + failure.orElse("accepts connections");
    }
  }

  /**
   * A trial of all addresses of a host.
   *
   * @param limit the timeout of each; all are tried at once
   */
  public ConnectionTrial(
      InetSocketAddress peer, Duration limit, DeadAddresses dead, Ticker ticker) {
    this.host = peer.getHostString();
    this.port = peer.getPort();
    this.limit = limit;
    this.dead = dead;
    this.ticker = ticker;
  }

  /** The host, the tried addresses and their results. */
  public synchronized String findings() {
    boolean isFresh =
        latest.filter(finding -> ticker.nanos() - finding.at() < SHARED.toNanos()).isPresent();
    if (!isFresh) {
      String text = examine();
      latest = Optional.of(new TrialFinding(text, ticker.nanos()));
    }
    return latest.orElseThrow().text();
  }

  private String examine() {
    List<InetAddress> addresses;
    try {
      addresses = Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return "the host's name is unknown";
    }
    List<TrialResult> results = connectToEach(addresses);
    List<InetAddress> failed =
        results.stream()
            .filter(result -> result.failure().isPresent())
            .map(TrialResult::address)
            .toList();
    if (failed.size() < results.size()) {
      dead.add(host, failed);
    }
    String tried =
        results.stream().limit(NAMED).map(TrialResult::text).collect(Collectors.joining(", "));
    int more = results.size() - NAMED;
    return host + " port " + port + ": " + tried + (more > 0 ? " and " + more + " more" : "");
  }

  private List<TrialResult> connectToEach(List<InetAddress> addresses) {
    List<Future<TrialResult>> results;
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      results = addresses.stream().map(address -> each.submit(() -> connect(address))).toList();
    }
    return results.stream().map(Future::resultNow).toList();
  }

  private TrialResult connect(InetAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
      return new TrialResult(address, Optional.empty());
    } catch (SocketTimeoutException e) {
      return new TrialResult(address, Optional.of("does not respond"));
    } catch (ConnectException e) {
      return new TrialResult(address, Optional.of("refuses connections"));
    } catch (IOException e) {
      String reason = Objects.requireNonNullElse(e.getMessage(), "cannot be reached");
      return new TrialResult(address, Optional.of(reason));
    }
  }
}
