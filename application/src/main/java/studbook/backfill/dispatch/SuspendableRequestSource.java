package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An agenda of which nothing is sent at times.
 *
 * @param withheld whether nothing is sent of it now
 */
public record SuspendableRequestSource(RequestSource agenda, BooleanSupplier withheld)
    implements RequestSource {

  @Override
  public Optional<QueuedRequest> next() throws InterruptedException {
    return withheld.getAsBoolean() ? Optional.empty() : agenda.next();
  }

  @Override
  public boolean holdsOthers() {
    return !withheld.getAsBoolean() && agenda.holdsOthers();
  }

  @Override
  public Optional<Duration> dueIn() {
    return withheld.getAsBoolean() ? Optional.empty() : agenda.dueIn();
  }

  @Override
  public int concurrency() {
    return agenda.concurrency();
  }
}
