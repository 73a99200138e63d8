package studbook.backfill.profile;

import java.time.Duration;
import java.util.Optional;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.dispatch.Prefetcher;
import studbook.backfill.dispatch.RequestExecutor;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.pause.RequestGate;
import studbook.racingapi.ProfileCall;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;

/** The horses of a run, requested one by one. */
public final class ProfileRequests implements RequestSource {

  /** Number of horses: enough for a fast run while another chunk is leased. */
  private static final int RUNNING_LOW = 100;

  private final HorseLeases leases;
  private final HorseTaskQueue queue;
  private final ApiRequester api;
  private final RequestGate gate;
  private final ProfileResponseProcessor processor;
  private final RequestExecutor executor;
  private final int concurrency;
  private final Prefetcher prefetcher;

  /**
   * @param concurrency requests that may be in flight at once
   */
  public ProfileRequests(
      HorseLeases leases,
      HorseTaskQueue queue,
      ApiRequester api,
      RequestGate gate,
      ProfileResponseProcessor processor,
      RequestExecutor executor,
      int concurrency) {
    this.leases = leases;
    this.queue = queue;
    this.api = api;
    this.gate = gate;
    this.processor = processor;
    this.executor = executor;
    this.concurrency = concurrency;
    this.prefetcher = new Prefetcher(leases::refill);
  }

  @Override
  public Optional<QueuedRequest> poll() throws InterruptedException {
    if (!gate.isAvailable()) {
      processor.onOutage();
    }
    if (queue.readyCount() <= RUNNING_LOW) {
      prefetcher.start(executor::submit);
    }
    Optional<HorseTask> task = queue.poll();
    if (task.isEmpty() && prefetcher.awaitFetched()) {
      task = queue.poll();
    }
    return task.map(ProfileRequest::new);
  }

  /** Whether every horse of the run is completed. */
  public boolean isDone() {
    return leases.isDone();
  }

  @Override
  public Optional<Duration> nextDueIn() {
    return queue.nextDueIn();
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  private final class ProfileRequest implements QueuedRequest {

    private final HorseTask task;

    ProfileRequest(HorseTask task) {
      this.task = task;
    }

    @Override
    public void requeue() {
      queue.requeue(task, Duration.ZERO);
    }

    @Override
    public void run(NextPermit.Permit permit, RateLimiter limiter) throws InterruptedException {
      boolean counts = gate.countsAsAttempt();
      ApiRequester.SentRequest<ProfileCall> request =
          api.fetchProfile(task.horse(), task.endpoint(), permit, limiter);
      processor.process(task, request, counts);
    }
  }
}
