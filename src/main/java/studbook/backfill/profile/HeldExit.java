package studbook.backfill.profile;

import java.time.Duration;

/** What was held is written by the scribe, or waits in the queue for its next request. */
public record HeldExit(Scribe scribe, TaskQueue queue) implements Quarantine.Exit {

  @Override
  public void believe(Step.Settle settle) {
    scribe.settle(settle.outcome(), settle.errors());
  }

  @Override
  public void askAgain(Task task, Duration delay) {
    queue.again(task, delay);
  }
}
