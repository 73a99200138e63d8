package studbook.cli.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import studbook.notification.MailConfig.SmtpSecurity;
import studbook.notification.MailConfig.SmtpServer;
import studbook.notification.WebhookConfig.WebhookFormat;

/** The formats of the settings of notifications. */
final class NotificationFormat {

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@,;<>\"\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final int SMTP_PORT = 587;
  private static final int SMTPS_PORT = 465;

  static final SettingFormat<String> WEBHOOK_URL =
      new SettingFormat<>(
          "an https URL; http only for this machine (127.0.0.1, [::1], localhost)",
          NotificationFormat::webhookUrl);

  static final SettingFormat<WebhookFormat> WEBHOOK_FORMAT =
      new SettingFormat<>("json or slack", WebhookFormat::of);

  static final SettingFormat<String> MAIL_ADDRESS =
      new SettingFormat<>(
          "a mail address such as ops@example.org",
          text -> Optional.of(text.strip()).filter(address -> ADDRESS.matcher(address).matches()));

  static final SettingFormat<List<String>> MAIL_ADDRESSES =
      new SettingFormat<>(
          "mail addresses such as ops@example.org, separated by commas",
          NotificationFormat::addresses);

  static final SettingFormat<SmtpServer> SMTP_SERVER =
      new SettingFormat<>(
          "smtps://HOST, or smtp://HOST for STARTTLS, with a port if it is not 465 or 587, and"
              + " without a user",
          NotificationFormat::smtpServer);

  private NotificationFormat() {}

  private static Optional<String> webhookUrl(String text) {
    return uri(text)
        .filter(url ->
            "https".equalsIgnoreCase(url.getScheme())
                || ("http".equalsIgnoreCase(url.getScheme())
                    && SettingFormat.isLoopback(url.getHost())))
        .map(URI::toString);
  }

  private static Optional<List<String>> addresses(String text) {
    List<String> addresses = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    return addresses.stream().allMatch(address -> ADDRESS.matcher(address).matches())
        ? Optional.of(addresses)
        : Optional.empty();
  }

  private static Optional<SmtpServer> smtpServer(String text) {
    return uri(text)
        .filter(url -> url.getRawUserInfo() == null && url.getRawQuery() == null)
        .filter(url -> url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
        .flatMap(NotificationFormat::server);
  }

  private static Optional<SmtpServer> server(URI url) {
    int port = url.getPort();
    return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
      case "smtps" ->
          Optional.of(
              new SmtpServer(url.getHost(), port < 0 ? SMTPS_PORT : port, SmtpSecurity.TLS));
      case "smtp" ->
          Optional.of(
              new SmtpServer(
                  url.getHost(),
                  port < 0 ? SMTP_PORT : port,
                  SettingFormat.isLoopback(url.getHost())
                      ? SmtpSecurity.NONE
                      : SmtpSecurity.START_TLS));
      default -> Optional.empty();
    };
  }

  /** An absolute URI with a host and a valid port, if any. */
  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text.strip()))
          .filter(url -> url.getScheme() != null && url.getHost() != null)
          .filter(url -> url.getPort() != 0 && url.getPort() <= 65_535);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
