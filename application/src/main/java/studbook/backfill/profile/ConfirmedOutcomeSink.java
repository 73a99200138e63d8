package studbook.backfill.profile;

import java.time.Duration;
import studbook.backfill.write.OutcomeWriter;

/** Passes held horses to the writer, or to the queue for their next request. */
public record ConfirmedOutcomeSink(OutcomeWriter writer, HorseTaskQueue queue)
    implements NotFoundConfirmer.ConfirmationCallback {

  @Override
  public void accept(HorseAction.Complete complete) {
    writer.complete(complete.outcome(), complete.errors());
  }

  @Override
  public void retry(HorseTask task, Duration delay) {
    queue.requeue(task, delay);
  }
}
