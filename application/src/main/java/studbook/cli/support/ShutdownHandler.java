package studbook.cli.support;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly end: the command is asked to stop, gets a few
 * seconds to save its state, and the process exits with the command's code. Safe for many threads.
 */
public final class ShutdownHandler {

  /** A stopped process ends within five seconds, even if something hangs. */
  private static final Duration MAY_TAKE = Duration.ofMillis(4_800);

  private static final Duration LAST_WORDS_MAY_TAKE = Duration.ofMillis(100);

  private final CountDownLatch over = new CountDownLatch(1);
  private Runnable stop = () -> {};
  private boolean stopping;
  private volatile String outcome = "Stopped.";
  private volatile int exitCode = ExitCode.STOPPED;

  /** The action of a signal while this is open. */
  public interface ShutdownScope extends AutoCloseable {

    /** Restores the previous action. */
    @Override
    void close();
  }

  /** Installs it for this process. */
  public void install(PrintStream out) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(out), "stop-signal"));
  }

  /**
   * Sets {@code action}, which must return at once, as the action of a signal. If the signal has
   * come already, it runs now.
   */
  public ShutdownScope onShutdown(Runnable action) {
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

  /**
   * Whether a signal was received. True also before the hook of this handler has run: another hook,
   * such as the one that closes the terminal, may have run already.
   */
  public synchronized boolean isStopping() {
    return stopping || (over.getCount() > 0 && isShuttingDown());
  }

  /** Only the attempt tells: hooks can be added until the first of them runs. */
  private static boolean isShuttingDown() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The message if the command cannot print its own in time: a sentence on the current state. */
  public void outcome(String sentence) {
    outcome = sentence;
  }

  /** The command has returned. */
  public void completed(int code) {
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
        printOutcome(out);
      }
    } catch (InterruptedException e) {
      exitCode = ExitCode.STOPPED;
    }
    // The main thread waits in System.exit for this hook; the code is given here.
    Runtime.getRuntime().halt(exitCode);
  }

  /** On its own thread: a terminal that is not read must not keep the process alive. */
  private void printOutcome(PrintStream out) throws InterruptedException {
    exitCode = ExitCode.STOPPED;
    Thread saying = Thread.ofPlatform().daemon().start(() -> out.println(outcome));
    saying.join(LAST_WORDS_MAY_TAKE);
  }
}
