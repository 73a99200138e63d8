package studbook.cli.support;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly end: the command is asked to stop, gets a few
 * seconds to save what it has, and the process exits with the code that the command returned. Safe
 * for many threads.
 */
public final class ShutdownHandler {

  /** Within five seconds a stopped process has ended, whatever hangs. */
  private static final Duration MAY_TAKE = Duration.ofMillis(4_800);

  private static final Duration LAST_WORDS_MAY_TAKE = Duration.ofMillis(100);

  private final CountDownLatch over = new CountDownLatch(1);
  private Runnable stop = () -> {};
  private boolean stopping;
  private volatile String outcome = "Stopped.";
  private volatile int exitCode = ExitCode.STOPPED;

  /** What a signal does for as long as it is open. */
  public interface ShutdownScope extends AutoCloseable {

    /** From now on a signal does what it did before. */
    @Override
    void close();
  }

  /** Installs it for this process. */
  public void install(PrintStream out) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(out), "stop-signal"));
  }

  /**
   * From now on a signal runs {@code action}, which must return at once. Where the signal has come
   * already, it is run now.
   */
  public ShutdownScope stops(Runnable action) {
    Runnable before;
    boolean late;
    synchronized (this) {
      before = stop;
      stop = action;
      late = stopping;
    }
    if (late) {
      action.run();
    }
    return () -> {
      synchronized (this) {
        stop = before;
      }
    };
  }

  /** Whether a signal has come. */
  public synchronized boolean isStopping() {
    return stopping;
  }

  /** What is said where the command cannot say it in time: a sentence on how things stand then. */
  public void outcome(String sentence) {
    outcome = sentence;
  }

  /** The command has returned. */
  public void over(int code) {
    exitCode = code;
    over.countDown();
  }

  /** Asks the command to stop, as a signal does. */
  public void stop() {
    Runnable action;
    synchronized (this) {
      stopping = true;
      action = stop;
    }
    action.run();
  }

  private void await(PrintStream out) {
    if (over.getCount() == 0) {
      return; // an ordinary exit
    }
    stop();
    try {
      if (!over.await(MAY_TAKE.toMillis(), TimeUnit.MILLISECONDS)) {
        sayOutcome(out);
      }
    } catch (InterruptedException e) {
      exitCode = ExitCode.STOPPED;
    }
    // The main thread waits in System.exit for this hook; the code it brought is ours to give.
    Runtime.getRuntime().halt(exitCode);
  }

  /** On a thread of its own: a terminal that is not read must not keep the process. */
  private void sayOutcome(PrintStream out) throws InterruptedException {
    exitCode = ExitCode.STOPPED;
    Thread saying = Thread.ofPlatform().daemon().start(() -> out.println(outcome));
    saying.join(LAST_WORDS_MAY_TAKE);
  }
}
