package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import studbook.backfill.dispatch.DelayedQueue;
import studbook.backfill.dispatch.Signal;
import studbook.model.HorseId;
import studbook.store.work.Lease;
import studbook.time.Ticker;

/**
 * The horses that this worker has leased: ready, waiting for their next attempt, or in flight. One
 * thread polls, any thread returns tasks.
 */
public final class HorseTaskQueue {

  private final DelayedQueue<HorseTask> tasks;
  private final Map<Lease, Integer> active = new HashMap<>();
  private final Deque<Lease> emptied = new ArrayDeque<>();
  private final Set<Lease> released = new HashSet<>();
  private final Signal signal;

  /**
   * @param signal sent at every change
   */
  public HorseTaskQueue(Ticker ticker, Signal signal) {
    this.tasks = new DelayedQueue<>(ticker);
    this.signal = signal;
  }

  /** Adds the pending horses of a lease. A lease without any is closed at once. */
  synchronized void add(Lease lease, List<HorseId> horses) {
    horses.forEach(horse -> tasks.addLast(HorseTask.first(lease, horse)));
    active.merge(lease, horses.size(), Integer::sum);
    completed(lease, 0);
  }

  /** A horse is to be requested again. */
  synchronized void requeue(HorseTask task, Duration delay) {
    if (released.contains(task.lease())) {
      completed(task.lease(), 1);
    } else if (delay.isZero()) {
      tasks.addFirst(task);
    } else {
      tasks.addDelayed(task, delay);
    }
    signal.send();
  }

  /** Horses of a lease were completed, or lost to another worker. */
  public synchronized void completed(Lease lease, int horses) {
    if (active.merge(lease, -horses, Integer::sum) <= 0) {
      active.remove(lease);
      if (!released.remove(lease)) {
        emptied.addLast(lease);
      }
    }
    signal.send();
  }

  /** Removes the horses of a lease that another worker has now. */
  public synchronized void drop(Lease lease) {
    remove(task -> task.lease().equals(lease));
  }

  /** All leases are released: none of their horses is requested again. */
  public synchronized void releaseAll() {
    released.addAll(active.keySet());
    emptied.clear();
    remove(_ -> true);
  }

  /** Removes horses that were completed without a request. */
  public synchronized void drop(Set<HorseId> horses) {
    remove(task -> horses.contains(task.horse()));
  }

  private void remove(Predicate<HorseTask> condition) {
    tasks.removeIf(condition).forEach(task -> completed(task.lease(), 1));
  }

  /** A lease whose horses are all completed; each is returned once. */
  synchronized Optional<Lease> pollEmptied() {
    return Optional.ofNullable(emptied.pollFirst());
  }

  /**
   * The held leases: with horses, or completed and not yet polled for closing. Released ones are
   * not included.
   */
  synchronized Set<Lease> leases() {
    Set<Lease> leases = new HashSet<>(active.keySet());
    leases.addAll(emptied);
    leases.removeAll(released);
    return leases;
  }

  /** The next horse that can be requested now. Those that waited come before new ones. */
  synchronized Optional<HorseTask> poll() {
    return tasks.poll();
  }

  /** The number of horses that can be requested at once. */
  synchronized int readyCount() {
    return tasks.readyCount();
  }

  /** Horses that are not completed, including those in flight. */
  public synchronized int activeCount() {
    return active.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The time until the first waiting horse can be requested; empty if none waits. */
  synchronized Optional<Duration> nextDueIn() {
    return tasks.nextDueIn();
  }
}
