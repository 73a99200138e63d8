package studbook.notification;

import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import studbook.security.Secret;

/**
 * A webhook.
 *
 * @param url https, or http to this machine; a secret, since the path of a Slack webhook is one
 * @param key signs the body, if given
 * @param proxy through which it is reached, if any
 */
public record WebhookConfig(
    Secret url, WebhookFormat format, Optional<Secret> key, Optional<WebhookProxy> proxy) {

  /**
   * A proxy that provides a tunnel.
   *
   * @param authorization the value of the Proxy-Authorization header, if it needs a login
   */
  public record WebhookProxy(ProxySelector selector, Optional<Secret> authorization) {}

  /** The form of a body. */
  public enum WebhookFormat {
    /** An object with the id, event, run, time and text. */
    JSON,
    /** An object with the text alone, as Slack, Mattermost and others take it. */
    SLACK;

    public static Optional<WebhookFormat> of(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "json" -> Optional.of(JSON);
        case "slack" -> Optional.of(SLACK);
        default -> Optional.empty();
      };
    }
  }

  URI uri() {
    return URI.create(url.reveal());
  }

  /** Scheme, host and port; the rest may be secret. */
  String place() {
    URI uri = uri();
    return "%s://%s%s/…"
        .formatted(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
