package studbook.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where notifications are sent to; nowhere if both are empty. */
public record NotificationConfig(Optional<WebhookConfig> webhook, Optional<MailConfig> mail) {

  /** No notifications. */
  public static final NotificationConfig NONE =
      new NotificationConfig(Optional.empty(), Optional.empty());

  /** The configured channels. */
  public List<NotificationChannel> channels() {
    List<NotificationChannel> channels = new ArrayList<>();
    webhook.ifPresent(config -> channels.add(new WebhookChannel(config)));
    mail.ifPresent(config -> channels.add(new MailChannel(config)));
    return channels;
  }
}
