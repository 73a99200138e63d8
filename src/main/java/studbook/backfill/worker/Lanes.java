package studbook.backfill.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.Agenda;
import studbook.backfill.dispatch.Bell;
import studbook.backfill.dispatch.Bound;
import studbook.backfill.dispatch.Lane;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Threads;
import studbook.backfill.dispatch.WithheldAgenda;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.Gate;
import studbook.backfill.pause.PayloadMonitor;
import studbook.backfill.plan.Manner;
import studbook.backfill.profile.Judge;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.profile.NotFoundShare;
import studbook.backfill.profile.Profiles;
import studbook.backfill.profile.Quarantine;
import studbook.backfill.profile.Reference;
import studbook.backfill.profile.Scribe;
import studbook.backfill.profile.TaskQueue;
import studbook.backfill.profile.UnconfirmedFailures;
import studbook.backfill.racecard.Sweep;
import studbook.model.Field;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.time.Ticker;

/**
 * What a worker asks for, and in which order: with one budget the days go before the horses; where
 * racecards have a limit of their own, two lanes run side by side.
 */
final class Lanes {

  private static final Logger log = LoggerFactory.getLogger(Lanes.class);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(1);

  /** Horses that may tell whether the endpoint moved. */
  private static final int REFERENCES = 5;

  /** What the worker was given. */
  record Outside(Worker.Ledger ledger, Worker.Api api, Manner manner, Worker.Time time) {}

  /** What the worker's parts share. */
  record Inside(
      Gate gate,
      Gate racecardsGate,
      Bell bell,
      TaskQueue queue,
      WriteBacklog backlog,
      Isolation isolation,
      KnownHorses known,
      Bound bound) {}

  /**
   * Who runs them.
   *
   * @param dispatchers those that are to be woken where the worker stops
   * @param goesOn whether it does not
   */
  record Crew(Threads threads, Set<Thread> dispatchers, BooleanSupplier goesOn) {}

  /** Horses whose answers have to be confirmed by the answers for others. */
  record Held(Quarantine quarantine, UnconfirmedFailures failures) {

    static Held none(Gate gate, Quarantine.Exit exit, Ticker ticker) {
      return new Held(
          new Quarantine(gate, exit, NotFoundShare.Persistence.USUAL, ticker),
          new UnconfirmedFailures(gate, exit, ticker));
    }

    int size() {
      return quarantine.size() + failures.size();
    }
  }

  private final RunContext part;
  private final Outside outside;
  private final Inside inside;
  private final Crew crew;
  private final Map<Endpoint, Map<String, Double>> usualShares;

  Lanes(
      RunContext part,
      Outside outside,
      Inside inside,
      Crew crew,
      Map<Endpoint, Map<String, Double>> usualShares) {
    this.part = part;
    this.usualShares = usualShares;
    this.outside = outside;
    this.inside = inside;
    this.crew = crew;
  }

  /** Sends until every piece is closed, or nobody goes on. */
  void run(Scribe scribe, Held held, Sweep sweep, ExecutorService requests)
      throws InterruptedException {
    Profiles profiles =
        new Profiles(
            part,
            outside.ledger().pieces(),
            inside.queue(),
            new Profiles.Tools(
                outside.api().api(),
                judge(outside.manner()),
                inside.gate(),
                scribe,
                held.quarantine(),
                inside.known(),
                held.failures(),
                payloadMonitors(),
                outside.time().ticker(),
                requests,
                outside.manner().concurrency()),
            sweep::saw);
    Reference.Tools reference =
        new Reference.Tools(
            outside.api().api(),
            inside.gate(),
            held.quarantine(),
            held.failures(),
            () -> known(profiles.found()),
            outside.time().ticker());
    Reference suspicion =
        new Reference(
            reference, () -> held.quarantine().isSuspicious() || inside.gate().isInDoubt(), false);
    Reference leftovers =
        new Reference(
            reference, () -> held.size() > 0 && held.size() == inside.queue().inHand(), true);
    BooleanSupplier done =
        () -> inside.queue().inHand() == 0 && outside.ledger().pieces().allClosed(part.run());
    if (outside.api().racecards().isEmpty()) {
      horses(List.of(suspicion, withheld(sweep), withheld(profiles), leftovers), requests)
          .run(crew.goesOn(), done);
      return;
    }
    Lane racecards =
        new Lane(
            around(inside.racecardsGate(), requests),
            outside.api().racecards().get(),
            outside.manner().racecardsRate().orElseThrow(),
            List.of(withheld(sweep)),
            new Bound());
    Thread beside = crew.threads().start("racecards", () -> run(racecards, sweep::isOver));
    crew.dispatchers().add(beside);
    try {
      horses(List.of(suspicion, withheld(profiles), leftovers), requests).run(crew.goesOn(), done);
    } finally {
      beside.interrupt();
      Threads.join(beside, END_MAY_TAKE);
    }
  }

  private Agenda withheld(Agenda agenda) {
    return new WithheldAgenda(agenda, inside.isolation()::isIsolated);
  }

  private Map<Endpoint, PayloadMonitor> payloadMonitors() {
    EnumMap<Endpoint, PayloadMonitor> monitors = new EnumMap<>(Endpoint.class);
    monitors.put(Endpoint.PRO, payloadMonitor(Endpoint.PRO, EnumSet.allOf(Field.class)));
    monitors.put(
        Endpoint.STANDARD,
        payloadMonitor(Endpoint.STANDARD, EnumSet.range(Field.SIRE_ID, Field.DAMSIRE)));
    return monitors;
  }

  private PayloadMonitor payloadMonitor(Endpoint endpoint, Set<Field> expected) {
    Map<String, Double> shares = usualShares.getOrDefault(endpoint, Map.of());
    Map<Field, Double> usual = new EnumMap<>(Field.class);
    expected.stream()
        .filter(field -> shares.containsKey(field.column()))
        .forEach(field -> usual.put(field, shares.get(field.column())));
    return new PayloadMonitor(
        inside.gate(),
        outside.time().ticker(),
        expected,
        usual,
        () -> outside.api().api().fields().unknown(endpoint));
  }

  /** The lane that horses are asked for in. */
  private Lane horses(List<Agenda> agendas, ExecutorService requests) {
    return new Lane(
        around(inside.gate(), requests),
        outside.api().pacer(),
        outside.manner().rate(),
        agendas,
        inside.bound());
  }

  private Lane.Surroundings around(Gate gate, ExecutorService requests) {
    return new Lane.Surroundings(
        gate, inside.backlog(), inside.bell(), outside.time().sleeper(), requests, part.broken());
  }

  private List<HorseId> known(Optional<HorseId> here) {
    return here.map(List::of).orElseGet(() -> outside.ledger().outcomes().answered(REFERENCES));
  }

  private void run(Lane lane, BooleanSupplier done) {
    try {
      lane.run(crew.goesOn(), done);
    } catch (InterruptedException e) {
      log.debug("the lane of racecards ends");
    }
  }

  private static Judge judge(Manner manner) {
    return new Judge(manner.inspection(), manner.backOff(), manner.random());
  }
}
