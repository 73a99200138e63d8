package studbook.cli.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import studbook.dashboard.DashboardOptions;
import studbook.dashboard.DashboardOptions.TlsFiles;

/**
 * Where the dashboard is served, and for whom.
 *
 * @param given the address that was configured; empty for the default, which may be in use
 * @param tls certificate and key; empty for plain HTTP
 * @param allowedHosts names that a Host header may have, in lower case
 * @param trustedProxies whose X-Forwarded headers are trusted
 */
public record DashboardSettings(
    Optional<InetSocketAddress> given,
    Optional<TlsFiles> tls,
    Set<String> allowedHosts,
    Set<InetAddress> trustedProxies) {

  /** The defaults. */
  public static final DashboardSettings DEFAULT =
      new DashboardSettings(Optional.empty(), Optional.empty(), Set.of(), Set.of());

  public DashboardSettings {
    allowedHosts = Set.copyOf(allowedHosts);
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /** With the default address if none is configured. */
  public DashboardOptions options() {
    InetSocketAddress address =
        given
            .or(() ->
                SettingFormat.LISTEN.parser().apply(SettingName.STUDBOOK_LISTEN.defaultText()))
            .orElseThrow();
    return new DashboardOptions(address, tls, allowedHosts, trustedProxies);
  }
}
