package studbook.cli.service;

import java.time.Instant;
import java.util.Optional;
import studbook.notification.NotificationDispatcher;
import studbook.notification.NotificationEvent;
import studbook.service.job.JobListener;
import studbook.service.job.ServiceJob;
import studbook.store.schedule.OccurrenceResult;

/** Adds notifications of jobs: a validation that did not pass, occurrences that were missed. */
record JobNotifications(NotificationDispatcher dispatcher) implements JobListener {

  @Override
  public void onEnd(ServiceJob job, Instant dueAt, OccurrenceResult result) {
    if (job == ServiceJob.VALIDATE && result == OccurrenceResult.NOT_GOOD) {
      dispatcher.add(
          NotificationEvent.VALIDATION_FAILED,
          dueAt.toString(),
          Optional.empty(),
          "The validation did not pass; `studbook validate` shows why.");
    }
  }

  @Override
  public void onMissed(ServiceJob job, Instant dueAt, int missed) {
    dispatcher.add(
        NotificationEvent.SCHEDULE_MISSED,
        job.text() + " " + dueAt,
        Optional.empty(),
        "The job %s missed %d occurrences after %s and was run once for them."
            .formatted(job.text(), missed, dueAt));
  }
}
