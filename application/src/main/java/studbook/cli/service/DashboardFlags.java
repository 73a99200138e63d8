package studbook.cli.service;

import java.util.Map;
import picocli.CommandLine.Option;
import studbook.cli.settings.SettingName;

/** Options of the commands that serve the dashboard. */
public final class DashboardFlags {

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Port, or IP address and port, of the dashboard, /metrics, /healthz and /readyz; a port"
              + " alone is of 127.0.0.1 (STUDBOOK_LISTEN, 127.0.0.1:8087). Another address needs"
              + " users: `studbook user add`.")
  private String listen = "";

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve the dashboard over TLS with this certificate chain (STUDBOOK_TLS_CERT).")
  private String certificate = "";

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Key of --tls-cert: PKCS #8, PEM, not encrypted (STUDBOOK_TLS_KEY).")
  private String key = "";

  /** As settings. */
  public Map<SettingName, String> settings() {
    return Map.of(
        SettingName.STUDBOOK_LISTEN, listen,
        SettingName.STUDBOOK_TLS_CERT, certificate,
        SettingName.STUDBOOK_TLS_KEY, key);
  }
}
