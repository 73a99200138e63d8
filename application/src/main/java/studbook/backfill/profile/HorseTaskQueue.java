package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import studbook.backfill.dispatch.Signal;
import studbook.model.HorseId;
import studbook.store.work.Lease;
import studbook.time.Ticker;

/**
 * The horses that this worker has in hand: ready to be asked for, waiting for their next attempt,
 * or under way. One thread takes, many give back.
 */
public final class HorseTaskQueue {

  private record DelayedTask(HorseTask task, long due) {}

  private final Ticker ticker;
  private final ArrayDeque<HorseTask> ready = new ArrayDeque<>();
  private final PriorityQueue<DelayedTask> waiting =
      new PriorityQueue<>(Comparator.comparingLong(DelayedTask::due));
  private final Map<Lease, Integer> inHand = new HashMap<>();
  private final Deque<Lease> emptied = new ArrayDeque<>();
  private final Set<Lease> givenBack = new HashSet<>();
  private final Signal bell;

  /**
   * @param bell rung at every change
   */
  public HorseTaskQueue(Ticker ticker, Signal bell) {
    this.ticker = ticker;
    this.bell = bell;
  }

  /** Takes the pending horses of a piece into hand. One without any is emptied at once. */
  synchronized void add(Lease lease, List<HorseId> horses) {
    horses.forEach(horse -> ready.addLast(HorseTask.first(lease, horse)));
    inHand.merge(lease, horses.size(), Integer::sum);
    left(lease, 0);
  }

  /** A horse is to be asked for again. */
  synchronized void again(HorseTask task, Duration delay) {
    if (givenBack.contains(task.lease())) {
      left(task.lease(), 1);
    } else if (delay.isZero()) {
      ready.addFirst(task);
    } else {
      waiting.add(new DelayedTask(task, ticker.nanos() + delay.toNanos()));
    }
    bell.ring();
  }

  /** So many horses of a lease have left our hand, settled or lost to another worker. */
  public synchronized void left(Lease lease, int horses) {
    if (inHand.merge(lease, -horses, Integer::sum) <= 0) {
      inHand.remove(lease);
      if (!givenBack.remove(lease)) {
        emptied.addLast(lease);
      }
    }
    bell.ring();
  }

  /** Horses of a lease that was lost are another worker's now. */
  public synchronized void drop(Lease lease) {
    remove(task -> task.lease().equals(lease));
  }

  /** All leases are given back: none of their horses is asked for again. */
  public synchronized void giveBack() {
    givenBack.addAll(inHand.keySet());
    emptied.clear();
    remove(_ -> true);
  }

  /** Horses that came to their outcome by another way need not be asked for. */
  public synchronized void drop(Set<HorseId> horses) {
    remove(task -> horses.contains(task.horse()));
  }

  private void remove(Predicate<HorseTask> leaving) {
    List<HorseTask> left = new ArrayList<>();
    ready.removeIf(task -> leaving.test(task) && left.add(task));
    waiting.removeIf(held -> leaving.test(held.task()) && left.add(held.task()));
    left.forEach(task -> left(task.lease(), 1));
  }

  /** A lease of which nothing is in hand any more; each is told once. */
  synchronized Optional<Lease> emptied() {
    return Optional.ofNullable(emptied.pollFirst());
  }

  /**
   * The leases that are in hand: with horses of theirs, or emptied and not yet taken for closing.
   * Not those that were given back.
   */
  synchronized Set<Lease> leases() {
    Set<Lease> leases = new HashSet<>(inHand.keySet());
    leases.addAll(emptied);
    leases.removeAll(givenBack);
    return leases;
  }

  /** The next horse that may be asked for now. Those that waited come before new ones. */
  synchronized Optional<HorseTask> poll() {
    DelayedTask first = waiting.peek();
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

  public synchronized int inHand() {
    return inHand.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How long until the first of those that wait may be asked for; empty where none waits. */
  synchronized Optional<Duration> dueIn() {
    return Optional.ofNullable(waiting.peek())
        .map(first -> Duration.ofNanos(Math.max(0, first.due() - ticker.nanos())));
  }
}
