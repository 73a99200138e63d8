package studbook.dashboard.access;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of reverse proxies, from trusted addresses only: anybody else could name any
 * address. Immutable.
 */
public final class ProxyRules {

  private final Set<InetAddress> trusted;

  /**
   * @param trusted addresses of the proxies
   */
  public ProxyRules(Set<InetAddress> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /** The client's address: the last in X-Forwarded-For that is no trusted proxy. */
  public String address(Context request) {
    String peer = request.req().getRemoteAddr();
    if (!isTrusted(peer)) {
      return peer;
    }
    List<String> hops =
        Stream.of(String.valueOf(header(request, "X-Forwarded-For")).split(","))
            .map(String::strip)
            .toList();
    return hops.reversed().stream()
        .takeWhile(ProxyRules::isAddress)
        .filter(hop -> !isTrusted(hop))
        .findFirst()
        .orElse(peer);
  }

  /** Whether the client uses TLS, with this server or with a trusted proxy. */
  public boolean isSecure(Context request) {
    return request.req().isSecure()
        || (isTrusted(request.req().getRemoteAddr())
            && "https".equalsIgnoreCase(header(request, "X-Forwarded-Proto")));
  }

  /** The Host header, or of a trusted proxy X-Forwarded-Host. */
  public @Nullable String host(Context request) {
    String forwarded =
        isTrusted(request.req().getRemoteAddr()) ? header(request, "X-Forwarded-Host") : null;
    return forwarded == null ? header(request, "Host") : forwarded;
  }

  /** Javalin declares no null, and returns it for an absent header. */
  static @Nullable String header(Context request, String name) {
    return request.req().getHeader(name);
  }

  private boolean isTrusted(String address) {
    return isAddress(address) && trusted.contains(InetAddress.ofLiteral(address));
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
