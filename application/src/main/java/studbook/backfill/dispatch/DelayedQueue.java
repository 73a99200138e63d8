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
 * Items that are ready, and items with a delay. Those whose delay is over come before ready ones.
 * Not thread-safe; its owner guards it.
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

  /** Adds an item that {@link #poll} returns after {@code delay}. */
  public void addDelayed(T item, Duration delay) {
    delayed.add(new DelayedItem<>(item, ticker.nanos() + delay.toNanos()));
  }

  /** The next item that can be taken now. */
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

  /** The number of ready items; items with a delay do not count, even if it is over. */
  public int readyCount() {
    return ready.size();
  }

  public boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** The time until the first delay is over; empty if no item has one. */
  public Optional<Duration> nextDueIn() {
    return Optional.ofNullable(delayed.peek())
        .map(first -> Duration.ofNanos(Math.max(0, first.due() - ticker.nanos())));
  }
}
