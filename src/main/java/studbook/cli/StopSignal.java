package studbook.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly end: the work is asked to stop, gets a few
 * seconds to save what it has, and the process exits with the code that the command returned.
 */
final class StopSignal {

  /** Within five seconds a stopped process is gone, whatever hangs. */
  private static final Duration MAY_TAKE = Duration.ofMillis(4_800);

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Runnable stop = () -> {};
  private volatile int exitCode = ExitCode.STOPPED;

  /** Installs it for this process. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::await, "stop-signal"));
  }

  /** From now on a signal runs {@code stop}; it must return at once. */
  void stops(Runnable stop) {
    this.stop = stop;
  }

  /** The command has returned. */
  void over(int code) {
    exitCode = code;
    over.countDown();
  }

  private void await() {
    if (over.getCount() == 0) {
      return; // an ordinary exit
    }
    stop.run();
    try {
      if (!over.await(MAY_TAKE.toMillis(), TimeUnit.MILLISECONDS)) {
        exitCode = ExitCode.STOPPED;
      }
    } catch (InterruptedException e) {
      exitCode = ExitCode.STOPPED;
    }
    // The main thread waits in System.exit for this hook; the code it brought is ours to give.
    Runtime.getRuntime().halt(exitCode);
  }
}
