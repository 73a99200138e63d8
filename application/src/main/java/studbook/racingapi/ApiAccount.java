package studbook.racingapi;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;

/**
 * An account at The Racing API.
 *
 * @param base the address before all paths, without a trailing slash; https, or http to this
 *     machine
 * @param timeout of a whole request with its body
 * @param proxy optional proxy to the API
 */
public record ApiAccount(
    URI base, Secret username, Secret password, Duration timeout, Optional<HttpsProxy> proxy) {

  /** Covers three lost packets of a connection attempt. */
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** An account without a proxy. */
  public ApiAccount(URI base, Secret username, Secret password, Duration timeout) {
    this(base, username, password, timeout, Optional.empty());
  }

  /** The value of the Authorization header. A secret. */
  String authorization() {
    byte[] pair = (username.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The connect timeout; shorter than a request's, so that the two can be distinguished. */
  Duration connectTimeout() {
    return Collections.min(List.of(timeout.dividedBy(2), LONGEST_CONNECT));
  }

  /** The host and port to connect to: the proxy's if there is one. */
  InetSocketAddress peer() {
    int port = base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    return proxy
        .map(HttpsProxy::address)
        .orElseGet(() -> InetSocketAddress.createUnresolved(base.getHost(), port));
  }
}
