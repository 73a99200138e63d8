package studbook.monitor;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import studbook.store.error.StoreException;
import studbook.text.Json;
import studbook.time.Sleeper;

/** Shows a run on plain lines: once, or again and again. For one thread. */
public final class Printout {

  private final PrintStream out;
  private final Watch watch;
  private final Clock clock;
  private final PlainText text;

  public Printout(PrintStream out, Watch watch, Clock clock) {
    this.out = out;
    this.watch = watch;
    this.clock = clock;
    this.text = new PlainText(new Wording(clock));
  }

  public void once() {
    text.lines(watch.lookWhole()).forEach(out::println);
  }

  /**
   * As JSON.
   *
   * @throws StoreException where the database went away meanwhile
   */
  public void json() {
    Sight sight = watch.lookWhole();
    Figures figures =
        sight
            .figures()
            .orElseThrow(() ->
                new StoreException(
                    "the database is away: "
                        + sight.absence().map(Sight.Absence::reason).orElse("")));
    out.println(Json.pretty(Shown.of(figures, clock)));
  }

  /**
   * Prints until the run has ended or nobody reads any more. A run that does not stand yet is
   * waited for, without a word after the first.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void untilItHasEnded(Duration interval, Sleeper sleeper) throws InterruptedException {
    boolean waiting = false;
    while (true) {
      Sight sight = watch.lookWhole();
      boolean none = sight.absence().isEmpty() && sight.figures().flatMap(Figures::run).isEmpty();
      List<String> lines = none && waiting ? List.of() : text.lines(sight);
      waiting = none;
      lines.forEach(out::println);
      boolean ended = sight.absence().isEmpty() && !sight.figures().map(Figures::goOn).orElse(true);
      if (ended || out.checkError()) {
        return;
      }
      sleeper.sleep(watch.patience(interval));
    }
  }
}
