package studbook.cli.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.notification.DeliveryException;
import studbook.notification.NotificationChannel;
import studbook.notification.NotificationEvent;
import studbook.notification.NotificationMessage;

/** {@code studbook notify test}. */
@Command(
    name = "notify",
    description = {
      "Send a test notification to each configured receiver.",
      "Notifications report that a run finished, paused or failed, that a validation failed, that changes"
          + " wait for a review, and that a schedule was missed."
    },
    exitCodeList = {
      "0:Every receiver accepted it.",
      "1:A receiver did not accept it.",
      "2:No receiver is configured, or another configuration error."
    },
    footer = {"", "Example: studbook notify test"})
public final class NotifyCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(paramLabel = "test", description = "Action to perform: test.")
  private String action = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public NotifyCommand(CommandContext context) {
    this.context = context;
  }

  private record DeliveryJson(
      String channel, String receiver, boolean sent, Optional<String> error) {}

  private record NotifyJson(List<DeliveryJson> deliveries) {}

  @Override
  public Integer call() throws InterruptedException {
    if (!action.equals("test")) {
      throw new UsageException("the action must be test, not '%s'".formatted(action));
    }
    List<NotificationChannel> channels = context.settings().notifications().channels();
    if (channels.isEmpty()) {
      throw new UsageException(
          "no receiver is configured: set STUDBOOK_WEBHOOK_URL, or STUDBOOK_MAIL_TO with"
              + " STUDBOOK_SMTP_SERVER");
    }
    List<DeliveryJson> deliveries = new ArrayList<>();
    for (NotificationChannel channel : channels) {
      deliveries.add(deliver(channel));
    }
    if (json) {
      context.printJson(new NotifyJson(deliveries));
    } else {
      deliveries.forEach(this::print);
    }
    return deliveries.stream().allMatch(DeliveryJson::sent)
        ? ExitCode.DONE
        : ExitCode.DONE_WITH_FAILURES;
  }

  private DeliveryJson deliver(NotificationChannel channel) throws InterruptedException {
    NotificationMessage message =
        new NotificationMessage(
            UUID.randomUUID(),
            NotificationEvent.TEST.text(),
            Optional.empty(),
            context.environment().clock().instant(),
            "This is a test notification.");
    try {
      channel.send(message);
      return new DeliveryJson(channel.name(), channel.place(), true, Optional.empty());
    } catch (DeliveryException e) {
      return new DeliveryJson(
          channel.name(), channel.place(), false, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private void print(DeliveryJson delivery) {
    context.print(
        delivery.error().isEmpty()
            ? "%s: sent to %s".formatted(delivery.channel(), delivery.receiver())
            : "%s: not sent: %s".formatted(delivery.channel(), delivery.error().get()),
        0);
  }
}
