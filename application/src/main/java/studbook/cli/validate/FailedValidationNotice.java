package studbook.cli.validate;

import java.nio.file.Path;
import java.util.Optional;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.notification.NotificationDispatcher;
import studbook.notification.NotificationEvent;
import studbook.notification.NotificationLoop;
import studbook.quality.Validation;
import studbook.store.run.RunRepository.RunRow;

/** Notifies the configured receivers that a validation failed. */
record FailedValidationNotice(CommandContext context, Settings settings, DatabaseSession database) {

  /**
   * Sends it; what cannot be sent within seconds is left to the next process. A notification that
   * cannot be stored is reported and changes nothing else.
   */
  void send(Validation validation, Optional<Path> report) {
    if (settings.notifications().channels().isEmpty()) {
      return;
    }
    NotificationDispatcher dispatcher =
        new NotificationDispatcher(database.jdbi(), settings.notifications().channels());
    try (NotificationLoop _ =
        NotificationLoop.start(dispatcher, context.stopSignal()::isStopping)) {
      dispatcher.add(
          NotificationEvent.VALIDATION_FAILED,
          context.environment().clock().instant().toString(),
          validation.run().map(RunRow::id),
          "The validation failed. "
              + ValidationSummary.of(validation)
              + report.map(file -> " Report: " + file).orElse(""));
    } catch (RuntimeException e) {
      context.printError("the failure was not notified: " + ErrorMessages.sentence(e));
    }
  }
}
