package studbook.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.Outage;
import studbook.store.PauseCause;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * What happens every second beside the work: the heartbeat that keeps the leases, the run's state
 * where a pause began or ended, and a look for those who watch.
 */
final class Pulse {

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final int HEARTBEAT_EVERY = 5;

  private final Worker.Ledger ledger;
  private final long run;
  private final UUID worker;
  private final Gate gate;
  private final List<Gate> gates;
  private final Progress progress;
  private final Ticker ticker;
  private final Runnable watchers;

  private Optional<Pause> recorded = Optional.empty();
  private int beats;
  private Optional<Absence> absence = Optional.empty();

  /** The database is away, since then. */
  private record Absence(String reason, long since) {}

  /**
   * @param gates those of all lanes; the first tells whether the run is paused
   */
  Pulse(
      Worker.Ledger ledger,
      long run,
      UUID worker,
      List<Gate> gates,
      Progress progress,
      Ticker ticker,
      Runnable watchers) {
    this.ledger = ledger;
    this.run = run;
    this.worker = worker;
    this.gate = gates.getFirst();
    this.gates = List.copyOf(gates);
    this.progress = progress;
    this.ticker = ticker;
    this.watchers = watchers;
  }

  /** Beats until the thread is interrupted. */
  void beat(Sleeper sleeper) {
    try {
      while (true) {
        sleeper.sleep(BEAT);
        tick();
      }
    } catch (InterruptedException e) {
      log.debug("the pulse ends");
    }
  }

  private void tick() {
    try {
      boolean away = gate.pause().map(Pause::cause).equals(Optional.of(PauseCause.DATABASE));
      if (away || beats++ % HEARTBEAT_EVERY == 0) {
        ledger.workers().heartbeat(worker);
        progress.refresh(() -> ledger.runs().tally(run));
        back();
      }
      recordPause();
    } catch (RuntimeException e) {
      if (!Outage.passes(e)) {
        throw e;
      }
      away(Outage.reason(e));
    }
    watchers.run();
  }

  private void away(String reason) {
    gates.forEach(one -> one.databaseAway(reason));
    if (absence.isEmpty()) {
      absence = Optional.of(new Absence(reason, ticker.nanos()));
      log.warn("the database is away, nothing is sent until it is back: {}", reason);
    }
  }

  private void back() {
    gates.forEach(Gate::databaseBack);
    if (absence.isPresent()) {
      Duration lasted = Duration.ofNanos(ticker.nanos() - absence.get().since());
      ledger.events().outage(run, worker, absence.get().reason(), lasted);
      absence = Optional.empty();
      log.info("the database is back");
    }
  }

  private void recordPause() {
    Optional<Pause> now = gate.pause();
    boolean same = now.map(Pause::cause).equals(recorded.map(Pause::cause));
    if (same) {
      return;
    }
    now.ifPresent(pause -> log.warn("paused: {}", pause.sentence()));
    if (now.isEmpty()) {
      log.info("going on");
    }
    if (now.isPresent()) {
      Pause pause = now.get();
      ledger.runs().pause(run, worker, pause.cause(), pause.reason(), pause.left());
    } else {
      ledger.runs().goOn(run, worker, recorded.map(Pause::reason).orElse("") + ": healed");
    }
    recorded = now;
  }
}
