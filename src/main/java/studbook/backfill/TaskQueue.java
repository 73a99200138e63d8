package studbook.backfill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import studbook.horse.HorseId;
import studbook.store.Lease;
import studbook.time.Ticker;

/**
 * The horses that this worker has in hand: ready to be asked for, waiting for their next attempt,
 * or under way. One thread takes, many give back.
 */
final class TaskQueue {

  private record Waiting(Task task, long due) {}

  private final Ticker ticker;
  private final ArrayDeque<Task> ready = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private int inHand;
  private long changes;

  TaskQueue(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Takes the pending horses of a piece into hand. */
  synchronized void add(Lease lease, List<HorseId> horses) {
    horses.forEach(horse -> ready.addLast(Task.first(lease, horse)));
    inHand += horses.size();
    changed();
  }

  /** A horse is to be asked for again. */
  synchronized void again(Task task, Duration delay) {
    if (delay.isZero()) {
      ready.addFirst(task);
    } else {
      waiting.add(new Waiting(task, ticker.nanos() + delay.toNanos()));
    }
    changed();
  }

  /** So many horses have left our hand, settled or lost to another worker. */
  synchronized void left(int horses) {
    inHand -= horses;
    changed();
  }

  /** Horses of a lease that was lost are another worker's now. */
  synchronized void drop(Lease lease) {
    int before = ready.size() + waiting.size();
    ready.removeIf(task -> task.lease().equals(lease));
    waiting.removeIf(held -> held.task().lease().equals(lease));
    inHand -= before - ready.size() - waiting.size();
    changed();
  }

  /** The next horse that may be asked for now. Those that waited come before new ones. */
  synchronized Optional<Task> poll() {
    Waiting first = waiting.peek();
    if (first != null && first.due() - ticker.nanos() <= 0) {
      waiting.remove();
      return Optional.of(first.task());
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  /** How many may be asked for at once. */
  synchronized int ready() {
    return ready.size();
  }

  synchronized int inHand() {
    return inHand;
  }

  /** Waits until something has changed or is due, at most {@code longest}. */
  synchronized void await(Duration longest) throws InterruptedException {
    long seen = changes;
    long deadline = ticker.nanos() + longest.toNanos();
    while (changes == seen && ready.isEmpty()) {
      Waiting first = waiting.peek();
      long until = first == null ? deadline : Math.min(deadline, first.due());
      long left = until - ticker.nanos();
      if (left <= 0) {
        return;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  private void changed() {
    changes++;
    notifyAll();
  }
}
