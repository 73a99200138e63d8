package studbook.racingapi;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;

/**
 * An account at The Racing API.
 *
 * @param base the address that paths are appended to, without a slash at its end; https, or http to
 *     this machine
 * @param timeout for a whole request, body included
 * @param proxy through which it is reached, where there is one
 */
public record ApiAccount(
    URI base, Secret username, Secret password, Duration timeout, Optional<HttpsProxy> proxy) {

  /** Time for three lost packets of a connection. */
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** An account that is reached directly. */
  public ApiAccount(URI base, Secret username, Secret password, Duration timeout) {
    this(base, username, password, timeout, Optional.empty());
  }

  /** The value of the Authorization header. A secret. */
  String authorization() {
    byte[] pair = (username.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /**
   * How long to wait for a connection; shorter than a request, so that the two can be told apart.
   */
  Duration connectTimeout() {
    Duration half = timeout.dividedBy(2);
    return half.compareTo(LONGEST_CONNECT) < 0 ? half : LONGEST_CONNECT;
  }

  /** The host and port that connections are made to: the proxy's where there is one. */
  InetSocketAddress peer() {
    int port = base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    return proxy
        .map(HttpsProxy::address)
        .orElseGet(() -> InetSocketAddress.createUnresolved(base.getHost(), port));
  }
}
