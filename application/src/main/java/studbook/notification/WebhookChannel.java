package studbook.notification;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import studbook.notification.WebhookConfig.WebhookProxy;
import studbook.security.Secret;
import studbook.text.JsonFormat;

/**
 * Sends messages as POST requests. A body is signed with HMAC-SHA256 in the header {@value
 * #SIGNATURE}, as {@code sha256=} and hexadecimal digits; {@value #DELIVERY} has the message's id.
 * Any status 2xx is success; redirects are not followed.
 */
final class WebhookChannel implements NotificationChannel {

  static final String SIGNATURE = "X-Studbook-Signature";
  static final String DELIVERY = "X-Studbook-Delivery";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final WebhookConfig config;
  private final HttpClient client;

  WebhookChannel(WebhookConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    config.proxy().map(WebhookProxy::selector).ifPresent(builder::proxy);
    this.client = builder.build();
  }

  private record SlackText(String text) {}

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String place() {
    return config.place();
  }

  @Override
  public void send(NotificationMessage message) throws DeliveryException, InterruptedException {
    try {
      int status =
          client.send(request(message), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 200 || status > 299) {
        throw new DeliveryException("%s answered %d".formatted(place(), status));
      }
    } catch (IOException e) {
      throw new DeliveryException(
          "%s cannot be reached (%s)".formatted(place(), e.getClass().getSimpleName()));
    }
  }

  private HttpRequest request(NotificationMessage message) {
    byte[] body = body(message).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser(config.uri()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(DELIVERY, message.id().toString())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    config.key().ifPresent(key -> request.header(SIGNATURE, signature(key, body)));
    // The client sends it to the proxy only, when it requests the tunnel.
    config
        .proxy()
        .flatMap(WebhookProxy::authorization)
        .ifPresent(secret -> request.header("Proxy-Authorization", secret.reveal()));
    Optional.ofNullable(config.uri().getUserInfo())
        .ifPresent(user -> request.header("Authorization", "Basic " + base64(user)));
    return request.build();
  }

  private String body(NotificationMessage message) {
    return switch (config.format()) {
      case JSON -> JsonFormat.line(message);
      case SLACK -> JsonFormat.line(new SlackText("Studbook: " + escaped(message.text())));
    };
  }

  /** Slack reads links and mentions from these characters. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String signature(Secret key, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }

  /** The client refuses a URI with a user. */
  private static URI withoutUser(URI uri) {
    try {
      return uri.getUserInfo() == null
          ? uri
          : new URI(
              uri.getScheme(),
              null,
              uri.getHost(),
              uri.getPort(),
              uri.getPath(),
              uri.getQuery(),
              null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a valid URI without its user is valid", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
