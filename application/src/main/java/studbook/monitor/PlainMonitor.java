package studbook.monitor;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import studbook.monitor.MonitorSnapshot.DatabaseGap;
import studbook.store.error.StoreException;
import studbook.text.JsonFormat;
import studbook.time.Sleeper;

/** Prints a run as plain lines, once or repeatedly. Not thread-safe. */
public final class PlainMonitor {

  private final PrintStream out;
  private final RunPoller poller;
  private final Clock clock;
  private final TextRenderer text;

  public PlainMonitor(PrintStream out, RunPoller poller, Clock clock) {
    this.out = out;
    this.poller = poller;
    this.clock = clock;
    this.text = new TextRenderer(clock);
  }

  public void once() {
    text.lines(poller.pollAll()).forEach(out::println);
  }

  /**
   * Prints JSON.
   *
   * @throws StoreException if the database became unavailable
   */
  public void json() {
    MonitorSnapshot snapshot = poller.pollAll();
    MonitorData data =
        snapshot
            .figures()
            .orElseThrow(() ->
                new StoreException(
                    "the database is unavailable: "
                        + snapshot.absence().map(DatabaseGap::reason).orElse("")));
    out.println(JsonFormat.pretty(MonitorJson.of(data), clock.getZone()));
  }

  /**
   * Prints until the run has ended or the output is closed. Waits for a run that does not exist
   * yet, with one message.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void untilItHasEnded(Duration interval, Sleeper sleeper) throws InterruptedException {
    boolean waiting = false;
    while (true) {
      MonitorSnapshot snapshot = poller.pollAll();
      boolean none =
          snapshot.absence().isEmpty() && snapshot.figures().flatMap(MonitorData::run).isEmpty();
      List<String> lines = none && waiting ? List.of() : text.lines(snapshot);
      waiting = none;
      lines.forEach(out::println);
      boolean ended =
          snapshot.absence().isEmpty() && !snapshot.figures().map(MonitorData::isLive).orElse(true);
      if (ended || out.checkError()) {
        return;
      }
      sleeper.sleep(poller.timeUntilAllowed(interval));
    }
  }
}
