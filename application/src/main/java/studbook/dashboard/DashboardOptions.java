package studbook.dashboard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where and for whom the dashboard is served.
 *
 * @param address on which it listens; port 0 is any free one
 * @param tls certificate and key; empty for plain HTTP
 * @param allowedHosts names that a Host header may have, in lower case; addresses and localhost
 *     always may
 * @param trustedProxies whose X-Forwarded headers are trusted
 */
public record DashboardOptions(
    InetSocketAddress address,
    Optional<TlsFiles> tls,
    Set<String> allowedHosts,
    Set<InetAddress> trustedProxies) {

  public DashboardOptions {
    allowedHosts = Set.copyOf(allowedHosts);
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /** Files in the PEM format. */
  public record TlsFiles(Path certificate, Path key) {}

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return address.getAddress().isLoopbackAddress();
  }
}
