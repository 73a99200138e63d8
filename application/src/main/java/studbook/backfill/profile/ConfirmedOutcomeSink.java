package studbook.backfill.profile;

import java.time.Duration;

/** What was held is written by the scribe, or waits in the queue for its next request. */
public record ConfirmedOutcomeSink(OutcomeWriter scribe, HorseTaskQueue queue)
    implements NotFoundConfirmer.ConfirmationCallback {

  @Override
  public void believe(HorseAction.Complete settle) {
    scribe.settle(settle.outcome(), settle.errors());
  }

  @Override
  public void askAgain(HorseTask task, Duration delay) {
    queue.requeue(task, delay);
  }
}
