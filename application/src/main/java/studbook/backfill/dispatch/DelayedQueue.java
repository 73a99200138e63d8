package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import studbook.time.Ticker;

/**
 * Items that are ready, and items that wait for a moment. Those whose delay is over come before
 * those that were ready. Not safe for threads by itself; its owner guards it.
 */
public final class DelayedQueue<T> {

  private record DelayedItem<T>(T item, long due) {}

  private final Ticker ticker;
  private final Deque<T> ready = new ArrayDeque<>();
  private final PriorityQueue<DelayedItem<T>> delayed =
      new PriorityQueue<>(Comparator.comparingLong(DelayedItem::due));

  public DelayedQueue(Ticker ticker) {
    this.ticker = ticker;
  }

  public void addFirst(T item) {
    ready.addFirst(item);
  }

  public void addLast(T item) {
    ready.addLast(item);
  }

  /** Adds an item that is not returned before {@code delay} is over. */
  public void addDelayed(T item, Duration delay) {
    delayed.add(new DelayedItem<>(item, ticker.nanos() + delay.toNanos()));
  }

  /** The next item that may be taken now. */
  public Optional<T> poll() {
    DelayedItem<T> first = delayed.peek();
    if (first != null && first.due() - ticker.nanos() <= 0) {
      delayed.remove();
      return Optional.of(first.item());
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  /** Removes items and returns them. */
  public List<T> removeIf(Predicate<T> condition) {
    List<T> removed = new ArrayList<>();
    ready.removeIf(item -> condition.test(item) && removed.add(item));
    delayed.removeIf(held -> condition.test(held.item()) && removed.add(held.item()));
    return removed;
  }

  /** How many items are ready; those with a delay do not count, though it may be over. */
  public int readyCount() {
    return ready.size();
  }

  public boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** How long until the first delay is over; empty where no item has one. */
  public Optional<Duration> nextDueIn() {
    return Optional.ofNullable(delayed.peek())
        .map(first -> Duration.ofNanos(Math.max(0, first.due() - ticker.nanos())));
  }
}
