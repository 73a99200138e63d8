package studbook.cli.service;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.cli.support.CommandProgram;
import studbook.time.Sleeper;

/** Stops a job's command when its time is over. Safe for many threads. */
final class JobWindow implements AutoCloseable {

  private final Optional<Thread> timer;
  private @Nullable CommandProgram program;
  private boolean over;

  private JobWindow(Optional<Duration> length, Sleeper sleeper) {
    this.timer =
        length.map(span -> Thread.ofVirtual().name("job window").start(() -> await(span, sleeper)));
  }

  /** Begins now; without a length it never ends. */
  static JobWindow of(Optional<Duration> length, Sleeper sleeper) {
    return new JobWindow(length, sleeper);
  }

  private void await(Duration length, Sleeper sleeper) {
    try {
      sleeper.sleep(length);
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    CommandProgram last;
    synchronized (this) {
      over = true;
      last = program;
    }
    if (last != null) {
      last.stop();
    }
  }

  /** The program to stop; at once if the window is over. */
  void during(CommandProgram next) {
    boolean late;
    synchronized (this) {
      program = next;
      late = over;
    }
    if (late) {
      next.stop();
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    timer.ifPresent(Thread::interrupt);
  }
}
