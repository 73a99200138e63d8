package studbook.racingapi.network;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.security.Secret;

/**
 * The proxy from HTTPS_PROXY and NO_PROXY, parsed as curl does. It provides a tunnel, so TLS is
 * end-to-end with the API.
 *
 * @param authorization the value of the Proxy-Authorization header, if the address has a user name
 */
public record HttpsProxy(String host, int port, Optional<Secret> authorization) {

  private static final int DEFAULT_PORT = 80;

  /**
   * The proxy for {@code api}; empty if there is none, or if the API is on this machine.
   *
   * @throws IllegalArgumentException if HTTPS_PROXY is invalid; the message does not repeat it
   */
  public static Optional<HttpsProxy> of(Map<String, String> environment, URI api) {
    Optional<String> address = value(environment, "HTTPS_PROXY");
    if (address.isEmpty()
        || !"https".equals(api.getScheme())
        || value(environment, "NO_PROXY").stream().anyMatch(list -> isListed(list, api))) {
      return Optional.empty();
    }
    return address.map(HttpsProxy::parse);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(key -> Stream.ofNullable(environment.get(key)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /**
   * Whether the host is in a comma-separated list of hosts and domains; {@code *} is every host.
   */
  private static boolean isListed(String list, URI api) {
    String host = "." + api.getHost().toLowerCase(Locale.ROOT);
    return Arrays.stream(list.split("[,\\s]+", -1))
        .map(entry -> entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .map(entry -> entry.replaceFirst(":\\d+$", ""))
        .anyMatch(entry -> entry.equals("*") || (!entry.isEmpty() && host.endsWith("." + entry)));
  }

  private static HttpsProxy parse(String address) {
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return new HttpsProxy(
            uri.getHost(),
            uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
            Optional.ofNullable(uri.getUserInfo()).map(HttpsProxy::basic));
      }
    } catch (IllegalArgumentException e) {
      // its message would repeat the address, which may contain a password
    }
    throw new IllegalArgumentException("must be a proxy's address, such as http://proxy:3128");
  }

  private static Secret basic(String userInfo) {
    byte[] pair = userInfo.getBytes(StandardCharsets.UTF_8);
    return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Host and port, unresolved, so that the name is resolved for each connection. */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  public ProxySelector selector() {
    return ProxySelector.of(address());
  }
}
