package studbook.cli.service;

import java.time.Instant;
import java.util.Optional;
import studbook.notification.NotificationDispatcher;
import studbook.notification.NotificationEvent;
import studbook.service.job.JobListener;
import studbook.service.job.ServiceJob;

/** Adds notifications of occurrences that were missed; commands add those of what they do. */
record JobNotifications(NotificationDispatcher dispatcher) implements JobListener {

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
