package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import studbook.backfill.dispatch.Prefetcher;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.ThrottleReporter;
import studbook.backfill.pause.PayloadMonitor;
import studbook.backfill.pause.RequestGate;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.store.outcome.Outcome;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.time.Ticker;

/**
 * The horses of a run, asked for one by one: leases ranges of the ledger, judges each answer, and
 * hands every outcome to the scribe.
 */
public final class ProfileRequests implements RequestSource {

  /** Horses: enough for a fast run while another piece is leased. */
  private static final int RUNNING_LOW = 100;

  /** Long enough for the next probe to be for another horse. */
  private static final Duration AGAIN_AFTER_PAUSE = Duration.ofSeconds(1);

  /**
   * What profiles are asked and judged with.
   *
   * @param quarantine of horses that were not found
   * @param known horses that the API is known to have
   * @param failures of horses whose request failed
   * @param payload notices profiles of another shape, by endpoint
   * @param requests carries a thread for each request
   * @param concurrency requests that may be under way at once
   */
  public record ProfileDependencies(
      RacingApi api,
      ProfileResponseHandler judge,
      RequestGate gate,
      OutcomeWriter scribe,
      NotFoundConfirmer quarantine,
      KnownHorses known,
      UnconfirmedFailures failures,
      Map<Endpoint, PayloadMonitor> payload,
      Ticker ticker,
      ExecutorService requests,
      int concurrency) {}

  /**
   * That an answer came.
   *
   * @param sent when its request left, by the ticker
   */
  public record AnswerSeen(long sent, ProfileResponse answer) {}

  private final RunContext part;
  private final ChunkRepository pieces;
  private final HorseTaskQueue queue;
  private final ProfileDependencies tools;
  private final Consumer<AnswerSeen> answers;
  private final Prefetcher supply = new Prefetcher(this::refill);

  private volatile Optional<HorseId> found = Optional.empty();

  /**
   * @param answers told of every answer
   */
  public ProfileRequests(
      RunContext part,
      ChunkRepository pieces,
      HorseTaskQueue queue,
      ProfileDependencies tools,
      Consumer<AnswerSeen> answers) {
    this.part = part;
    this.pieces = pieces;
    this.queue = queue;
    this.tools = tools;
    this.answers = answers;
  }

  @Override
  public Optional<QueuedRequest> next() throws InterruptedException {
    if (!tools.gate().isAvailable()) {
      tools.failures().giveBack();
    }
    if (queue.readyCount() <= RUNNING_LOW) {
      supply.ask(tools.requests());
    }
    Optional<HorseTask> task = queue.poll();
    if (task.isEmpty() && supply.came()) {
      task = queue.poll();
    }
    return task.map(ProfileRequest::new);
  }

  /** Closes what is done, and leases another piece; false where there is none just now. */
  private boolean refill() {
    for (Optional<Lease> done = queue.pollEmptied(); done.isPresent(); done = queue.pollEmptied()) {
      close(done.get());
    }
    Optional<Lease> lease = pieces.claim(part.run(), part.worker(), queue.leases());
    lease.ifPresent(held -> queue.add(held, pieces.pending(held)));
    tools.gate().onDatabaseAvailable();
    return lease.isPresent();
  }

  /** What another worker's sweep was about to settle and did not is ours again. */
  private void close(Lease lease) {
    try {
      if (!pieces.close(lease)) {
        List<HorseId> left = pieces.pending(lease);
        if (!left.isEmpty()) {
          queue.add(lease, left);
        }
      }
    } catch (RuntimeException e) {
      queue.add(lease, List.of()); // to be closed when the database is back
      throw e;
    }
  }

  /** A horse that the API has answered. */
  public Optional<HorseId> found() {
    return found;
  }

  @Override
  public boolean holdsOthers() {
    return false;
  }

  @Override
  public Optional<Duration> dueIn() {
    return queue.nextDueIn();
  }

  @Override
  public int concurrency() {
    return tools.concurrency();
  }

  private static boolean isAnswered(ProfileResponse answer) {
    return !(answer instanceof ProfileResponse.Failure);
  }

  /** Without a detailed profile: so it would be for all, if the endpoint had moved. */
  private static boolean isDoubtful(ProfileResponse answer) {
    return switch (answer) {
      case ProfileResponse.NotFound _, ProfileResponse.Basic _ -> true;
      case ProfileResponse.Found _,
          ProfileResponse.Throttled _,
          ProfileResponse.Unauthorised _,
          ProfileResponse.Unavailable _,
          ProfileResponse.Malformed _ ->
          false;
    };
  }

  /** A horse on its way. */
  private final class ProfileRequest implements QueuedRequest {

    private final HorseTask task;

    ProfileRequest(HorseTask task) {
      this.task = task;
    }

    @Override
    public void putBack() {
      queue.requeue(task, Duration.ZERO);
    }

    private boolean isUsual(Outcome outcome, Endpoint endpoint, long sent) {
      PayloadMonitor monitor = tools.payload().get(endpoint);
      return monitor == null
          || outcome.profile().map(profile -> monitor.accepts(profile, sent)).orElse(true);
    }

    private ProfileCall ask() throws InterruptedException {
      try (RequestGate.RequestInFlight _ = tools.gate().onSend()) {
        return tools.api().ask(task.horse(), task.endpoint());
      }
    }

    /** Afterwards, since it asks the database: 404s would come later than other answers. */
    private void lookUp() {
      if (task.rounds() == 0) {
        tools.quarantine().lookedUp(task.horse(), tools.known().contains(task.horse()));
      }
    }

    @Override
    public void run(NextPermit.Permit slot, RateLimiter pacer) throws InterruptedException {
      boolean charged = tools.gate().countsAsAttempt();
      long sent = tools.ticker().nanos();
      ProfileCall attempt = ask();
      if (attempt.answer() instanceof ProfileResponse.Failure trouble) {
        ThrottleReporter.tell(pacer, slot, trouble);
      } else {
        ThrottleReporter.tell(pacer, slot, attempt.took());
      }
      tools.gate().onResponse(attempt.answer(), sent);
      answers.accept(new AnswerSeen(sent, attempt.answer()));
      if (isAnswered(attempt.answer())) {
        tools.failures().answered(sent);
      }
      switch (tools.judge().judge(task, attempt)) {
        case HorseAction.Complete(var outcome, var errors)
            when !isUsual(outcome, task.endpoint(), sent) -> {
          tools.scribe().record(errors);
          queue.requeue(task.asked(), AGAIN_AFTER_PAUSE);
        }
        case HorseAction.Complete settle when isDoubtful(attempt.answer()) -> {
          tools.quarantine().hold(task.asked(), settle, sent);
          lookUp();
        }
        case HorseAction.Complete(var outcome, var errors) -> {
          if (attempt.answer() instanceof ProfileResponse.Found) {
            found = Optional.of(task.horse());
            tools.quarantine().found(task, sent);
          }
          tools.scribe().settle(outcome, errors);
        }
        case HorseAction.Failed failed -> {
          tools.scribe().record(failed.errors());
          if (charged && tools.gate().countsAsAttempt()) {
            tools.failures().hold(failed);
          } else {
            queue.requeue(failed.uncharged().task(), failed.uncharged().delay());
          }
        }
        case HorseAction.Retry(HorseTask again, Duration delay, var errors) -> {
          tools.scribe().record(errors);
          queue.requeue(
              isDoubtful(attempt.answer())
                  ? again.notFound(tools.quarantine().notFoundInDetail(task, sent))
                  : again,
              delay);
        }
      }
    }
  }
}
