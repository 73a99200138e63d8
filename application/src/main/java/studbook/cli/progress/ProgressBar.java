package studbook.cli.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.store.outcome.WriteResult.RowWritten;
import studbook.text.LineWrap;

/**
 * Shows the progress of a run: a bar on a terminal, otherwise a line every hundred horses, which
 * also goes to the log. Shows pauses when they begin and end. The working threads call it, so it
 * prints on another thread: a terminal that is not read blocks the printing one.
 */
public final class ProgressBar implements RunListener {

  private static final Logger log = LoggerFactory.getLogger(ProgressBar.class);
  private static final int LINE_EVERY = 100;
  private static final String CLEAR_TO_END = "\u001B[K";

  private final PrintStream out;
  private final Executor printer;
  private final boolean terminal;
  private final IntSupplier width;
  private final Clock clock;

  private long hundreds = -1;
  private boolean paused;
  private boolean barShown;
  private String waiting = "";

  /** The newest bar that is not printed yet: one that was not printed in time is of no use. */
  private final AtomicReference<@Nullable String> bar = new AtomicReference<>();

  /**
   * @param printer runs printing tasks in order, on a thread that may block
   */
  public ProgressBar(
      PrintStream out, Executor printer, boolean terminal, IntSupplier width, Clock clock) {
    this.out = out;
    this.printer = printer;
    this.terminal = terminal;
    this.width = width;
    this.clock = clock;
  }

  @Override
  public synchronized void onCommit(List<RowWritten> written, ProgressSnapshot snapshot) {
    long now = snapshot.counts().processed() / LINE_EVERY;
    if (hundreds >= 0 && now != hundreds) {
      line(snapshot);
    }
    hundreds = now;
  }

  @Override
  public synchronized void onTick(ProgressSnapshot snapshot) {
    if (paused != snapshot.pause().isPresent()) {
      paused = snapshot.pause().isPresent();
      tellPause(snapshot);
    }
    if (terminal) {
      String text = "\r" + RunText.bar(snapshot, clock, width.getAsInt() - 1) + CLEAR_TO_END;
      if (bar.getAndSet(text) == null) {
        printer.execute(this::printBar);
      }
      barShown = true;
    }
  }

  /** On a terminal in a line of its own, since the bar has no room for a reason. */
  private void tellPause(ProgressSnapshot snapshot) {
    if (terminal) {
      end();
      say(
          snapshot
              .pause()
              .map(reason -> "Run %d is paused: %s".formatted(snapshot.run(), reason))
              .orElseGet(() -> "Run %d continues.".formatted(snapshot.run())),
          true);
    } else {
      line(snapshot);
    }
  }

  @Override
  public synchronized void onDatabaseWait(long run, String reason) {
    String line = "Run %d is waiting for the database: %s.".formatted(run, reason);
    if (!line.equals(waiting)) {
      waiting = line;
      end();
      say(line, true);
    }
  }

  @Override
  public synchronized void onQualityCount(long run) {
    end();
    say(
        "Every horse of run %d is completed; counting the quality of all rows…".formatted(run),
        true);
  }

  private void printBar() {
    out.print(bar.getAndSet(null));
    out.flush();
  }

  private void line(ProgressSnapshot snapshot) {
    say(RunText.line(snapshot, clock), !terminal);
  }

  private void say(String line, boolean shown) {
    log.info("{}", line);
    if (shown) {
      List<String> lines = terminal ? LineWrap.lines(line, width.getAsInt(), 0) : List.of(line);
      printer.execute(() -> lines.forEach(out::println));
    }
  }

  /** Ends the line of the bar, so that later output is below it. */
  public synchronized void end() {
    if (barShown) {
      printer.execute(out::println);
      barShown = false;
    }
  }
}
