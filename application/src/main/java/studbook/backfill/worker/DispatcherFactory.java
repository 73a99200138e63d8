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
import studbook.backfill.dispatch.BottleneckTracker;
import studbook.backfill.dispatch.RequestDispatcher;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.dispatch.SuspendableRequestSource;
import studbook.backfill.dispatch.WorkerThreads;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.PayloadMonitor;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.profile.CanaryRequests;
import studbook.backfill.profile.HorseTaskQueue;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.profile.NotFoundConfirmer;
import studbook.backfill.profile.NotFoundStatistics;
import studbook.backfill.profile.OutcomeWriter;
import studbook.backfill.profile.ProfileRequests;
import studbook.backfill.profile.ProfileResponseHandler;
import studbook.backfill.profile.UnconfirmedFailures;
import studbook.backfill.racecard.RacecardScan;
import studbook.model.Field;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.time.Ticker;

/**
 * What a worker asks for, and in which order: with one budget the days go before the horses; where
 * racecards have a limit of their own, two lanes run side by side.
 */
final class DispatcherFactory {

  private static final Logger log = LoggerFactory.getLogger(DispatcherFactory.class);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(1);

  /** Horses that may tell whether the endpoint moved. */
  private static final int REFERENCES = 5;

  /** What the worker was given. */
  record RunDependencies(
      RunWorker.RunStores ledger,
      RunWorker.ApiClients api,
      WorkerConfig manner,
      RunWorker.TimeSources time) {}

  /** What the worker's parts share. */
  record WorkerParts(
      RequestGate gate,
      RequestGate racecardsGate,
      Signal bell,
      HorseTaskQueue queue,
      WriteBacklog backlog,
      WorkerIsolation isolation,
      KnownHorses known,
      BottleneckTracker bound) {}

  /**
   * Who runs them.
   *
   * @param dispatchers those that are to be woken where the worker stops
   * @param goesOn whether it does not
   */
  record DispatcherSet(WorkerThreads threads, Set<Thread> dispatchers, BooleanSupplier goesOn) {}

  /** Horses whose answers have to be confirmed by the answers for others. */
  record HeldCount(NotFoundConfirmer quarantine, UnconfirmedFailures failures) {

    static HeldCount none(
        RequestGate gate, NotFoundConfirmer.ConfirmationCallback exit, Ticker ticker) {
      return new HeldCount(
          new NotFoundConfirmer(gate, exit, NotFoundStatistics.PersistenceRule.USUAL, ticker),
          new UnconfirmedFailures(gate, exit, ticker));
    }

    int size() {
      return quarantine.size() + failures.size();
    }
  }

  private final RunContext part;
  private final RunDependencies outside;
  private final WorkerParts inside;
  private final DispatcherSet crew;
  private final Map<Endpoint, Map<String, Double>> usualShares;

  DispatcherFactory(
      RunContext part,
      RunDependencies outside,
      WorkerParts inside,
      DispatcherSet crew,
      Map<Endpoint, Map<String, Double>> usualShares) {
    this.part = part;
    this.usualShares = usualShares;
    this.outside = outside;
    this.inside = inside;
    this.crew = crew;
  }

  /** Sends until every piece is closed, or nobody goes on. */
  void run(OutcomeWriter scribe, HeldCount held, RacecardScan sweep, ExecutorService requests)
      throws InterruptedException {
    ProfileRequests profiles =
        new ProfileRequests(
            part,
            outside.ledger().pieces(),
            inside.queue(),
            new ProfileRequests.ProfileDependencies(
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
    CanaryRequests.CanaryDependencies reference =
        new CanaryRequests.CanaryDependencies(
            outside.api().api(),
            inside.gate(),
            held.quarantine(),
            held.failures(),
            () -> known(profiles.found()),
            outside.time().ticker());
    CanaryRequests suspicion =
        new CanaryRequests(
            reference, () -> held.quarantine().isSuspicious() || inside.gate().needsCanary(), false);
    CanaryRequests leftovers =
        new CanaryRequests(
            reference, () -> held.size() > 0 && held.size() == inside.queue().activeCount(), true);
    BooleanSupplier done =
        () -> inside.queue().activeCount() == 0 && outside.ledger().pieces().allClosed(part.run());
    if (outside.api().racecards().isEmpty()) {
      horses(List.of(suspicion, withheld(sweep), withheld(profiles), leftovers), requests)
          .run(crew.goesOn(), done);
      return;
    }
    RequestDispatcher racecards =
        new RequestDispatcher(
            around(inside.racecardsGate(), requests),
            outside.api().racecards().get(),
            outside.manner().racecardsRate().orElseThrow(),
            List.of(withheld(sweep)),
            new BottleneckTracker());
    Thread beside = crew.threads().start("racecards", () -> run(racecards, sweep::isOver));
    crew.dispatchers().add(beside);
    try {
      horses(List.of(suspicion, withheld(profiles), leftovers), requests).run(crew.goesOn(), done);
    } finally {
      beside.interrupt();
      WorkerThreads.join(beside, END_MAY_TAKE);
    }
  }

  private RequestSource withheld(RequestSource agenda) {
    return new SuspendableRequestSource(agenda, inside.isolation()::isIsolated);
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
  private RequestDispatcher horses(List<RequestSource> agendas, ExecutorService requests) {
    return new RequestDispatcher(
        around(inside.gate(), requests),
        outside.api().pacer(),
        outside.manner().rate(),
        agendas,
        inside.bound());
  }

  private RequestDispatcher.DispatcherDependencies around(
      RequestGate gate, ExecutorService requests) {
    return new RequestDispatcher.DispatcherDependencies(
        gate, inside.backlog(), inside.bell(), outside.time().sleeper(), requests, part.broken());
  }

  private List<HorseId> known(Optional<HorseId> here) {
    return here.map(List::of).orElseGet(() -> outside.ledger().outcomes().answered(REFERENCES));
  }

  private void run(RequestDispatcher lane, BooleanSupplier done) {
    try {
      lane.run(crew.goesOn(), done);
    } catch (InterruptedException e) {
      log.debug("the lane of racecards ends");
    }
  }

  private static ProfileResponseHandler judge(WorkerConfig manner) {
    return new ProfileResponseHandler(manner.inspection(), manner.backOff(), manner.random());
  }
}
