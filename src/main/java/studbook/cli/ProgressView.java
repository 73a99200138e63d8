package studbook.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.RunListener;
import studbook.backfill.RunView;
import studbook.store.Settled;

/**
 * Shows how a run goes: a bar on a terminal, a line every hundred horses elsewhere, and that line
 * in the log always. Pauses are shown when they begin and end.
 */
final class ProgressView implements RunListener {

  private static final Logger log = LoggerFactory.getLogger(ProgressView.class);
  private static final int LINE_EVERY = 100;
  private static final String CLEAR_TO_END = "\u001B[K";

  private final PrintStream out;
  private final boolean terminal;
  private final IntSupplier width;
  private final Clock clock;

  private long hundreds = -1;
  private boolean paused;
  private boolean barShown;
  private String waiting = "";

  ProgressView(PrintStream out, boolean terminal, IntSupplier width, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
    this.clock = clock;
  }

  @Override
  public synchronized void committed(List<Settled.Written> written, RunView view) {
    long now = view.tally().processed() / LINE_EVERY;
    if (hundreds >= 0 && now != hundreds) {
      line(view);
    }
    hundreds = now;
  }

  @Override
  public synchronized void ticked(RunView view) {
    if (terminal) {
      out.print("\r" + RunText.bar(view, clock, width.getAsInt() - 1) + CLEAR_TO_END);
      out.flush();
      barShown = true;
    }
    if (paused != view.pause().isPresent()) {
      paused = view.pause().isPresent();
      line(view);
    }
  }

  @Override
  public synchronized void waitsForDatabase(long run, String reason) {
    String line = "Run %d waits: the database cannot be used (%s).".formatted(run, reason);
    if (!line.equals(waiting)) {
      waiting = line;
      end();
      say(line, true);
    }
  }

  private void line(RunView view) {
    say(RunText.line(view, clock), !terminal);
  }

  private void say(String line, boolean shown) {
    log.info("{}", line);
    if (shown) {
      out.println(line);
      out.flush();
    }
  }

  /** Leaves the bar where it stands and goes on below it. */
  synchronized void end() {
    if (barShown) {
      out.println();
      barShown = false;
    }
  }
}
