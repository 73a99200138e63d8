package studbook.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A world with a clock of its own: every actor has a thread, one of them runs at a time, and time
 * passes only while all of them wait. The same seed gives the same world.
 */
final class SimulatedClock {

  /** What an actor does; it ends by itself or when the world does. */
  interface Life {
    void live() throws InterruptedException;
  }

  /** Ends an actor's thread when its world has ended. */
  static final class EndOfWorld extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Actor {
    final Semaphore go = new Semaphore(0);
    boolean killed;
  }

  private record Wake(long at, long sequence, Actor actor) {}

  private final PriorityQueue<Wake> wakes =
      new PriorityQueue<>(Comparator.comparingLong(Wake::at).thenComparingLong(Wake::sequence));
  private final Semaphore turn = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private final List<Actor> actors = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable Actor running;
  private long now;
  private long sequence;
  private boolean ended;

  /** Nanoseconds since the world began. */
  long now() {
    return now;
  }

  /** Lets an actor begin at {@code at}; what is returned kills it, as kill -9 would. */
  Runnable begin(long at, Life life) {
    Actor actor = new Actor();
    actors.add(actor);
    wakes.add(new Wake(at, sequence++, actor));
    threads.add(Thread.ofVirtual().start(() -> live(actor, life)));
    return () -> actor.killed = true;
  }

  private void live(Actor actor, Life life) {
    actor.go.acquireUninterruptibly();
    try {
      if (!ended) {
        life.live();
      }
    } catch (EndOfWorld | InterruptedException e) {
      // as it should be
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
    }
    turn.release();
  }

  /** The running actor waits. */
  void pause(long nanos) {
    Actor self = running;
    if (self == null) {
      return; // the stage processes do not wait
    }
    wakes.add(new Wake(now + Math.max(0, nanos), sequence++, self));
    turn.release();
    self.go.acquireUninterruptibly();
    if (ended) {
      throw new EndOfWorld();
    }
  }

  /** Lets time pass until {@code end}, and ends the world. */
  void run(long end) {
    while (!wakes.isEmpty() && wakes.element().at() <= end && failure.get() == null) {
      Wake wake = wakes.remove();
      now = wake.at();
      if (!wake.actor().killed) {
        hand(wake.actor());
      }
    }
    ended = true;
    for (int i = 0; i < actors.size(); i++) {
      if (threads.get(i).isAlive()) {
        actors.get(i).go.release();
        join(threads.get(i));
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  private void hand(Actor actor) {
    running = actor;
    actor.go.release();
    turn.acquireUninterruptibly();
    running = null;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
