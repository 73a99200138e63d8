package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.pause.PayloadMonitor;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.write.OutcomeWriter;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/**
 * Processes a response: outcomes go to the writer, horses to be requested again to the queue, and
 * unconfirmed results are held. Safe for many threads.
 */
public final class ProfileResponseProcessor {

  /** Long enough for the next probe to be for another horse. */
  private static final Duration AFTER_PAUSE = Duration.ofSeconds(1);

  private final ProfileResponseHandler handler;
  private final OutcomeWriter writer;
  private final HorseTaskQueue queue;
  private final RequestGate gate;
  private final NotFoundConfirmer notFound;
  private final UnconfirmedFailures failures;
  private final KnownHorses known;
  private final Map<Endpoint, PayloadMonitor> payload;
  private final ObjLongConsumer<ProfileResponse> listener;

  private volatile Optional<HorseId> lastFound = Optional.empty();

  /**
   * @param known horses that the API is known to have
   * @param payload notices profiles of another shape
   * @param listener called with every response and with the time when its request was sent
   */
  public ProfileResponseProcessor(
      ProfileResponseHandler handler,
      OutcomeWriter writer,
      HorseTaskQueue queue,
      RequestGate gate,
      NotFoundConfirmer notFound,
      UnconfirmedFailures failures,
      KnownHorses known,
      Map<Endpoint, PayloadMonitor> payload,
      ObjLongConsumer<ProfileResponse> listener) {
    this.handler = handler;
    this.writer = writer;
    this.queue = queue;
    this.gate = gate;
    this.notFound = notFound;
    this.failures = failures;
    this.known = known;
    this.payload = Map.copyOf(payload);
    this.listener = listener;
  }

  /** A horse of which the API has returned a profile. */
  public Optional<HorseId> lastFound() {
    return lastFound;
  }

  /** The API fails for all: no failure that is held counts as an attempt. */
  void onOutage() {
    failures.excuseAll();
  }

  /**
   * Processes a response.
   *
   * @param counts whether a failure could count as an attempt when the request was sent
   */
  void process(HorseTask task, ApiRequester.SentRequest<ProfileCall> request, boolean counts) {
    ProfileResponse response = request.call().response();
    listener.accept(response, request.sent());
    if (!(response instanceof ProfileResponse.Failure)) {
      failures.onResponse(request.sent());
    }
    switch (handler.judge(task, request.call())) {
      case HorseAction.Complete complete -> complete(task, complete, response, request.sent());
      case HorseAction.Failed failed -> {
        writer.record(failed.errors());
        if (counts && gate.countsAsAttempt()) {
          failures.hold(failed);
        } else {
          queue.requeue(failed.uncharged().task(), failed.uncharged().delay());
        }
      }
      case HorseAction.Retry(HorseTask next, Duration delay, List<ErrorEntry> errors) -> {
        writer.record(errors);
        queue.requeue(
            lacksDetails(response)
                ? next.notFound(notFound.recordNotFound(task, request.sent()))
                : next,
            delay);
      }
    }
  }

  private void complete(
      HorseTask task, HorseAction.Complete complete, ProfileResponse response, long sent) {
    if (!isUsual(complete.outcome(), task.endpoint(), sent)) {
      writer.record(complete.errors());
      queue.requeue(task.onRequest(), AFTER_PAUSE);
    } else if (lacksDetails(response)) {
      notFound.hold(task.onRequest(), complete, sent);
      lookUp(task);
    } else {
      if (response instanceof ProfileResponse.Found) {
        lastFound = Optional.of(task.horse());
        notFound.recordFound(task, sent);
      }
      writer.complete(complete.outcome(), complete.errors());
    }
  }

  private boolean isUsual(Outcome outcome, Endpoint endpoint, long sent) {
    PayloadMonitor monitor = payload.get(endpoint);
    return monitor == null
        || outcome.profile().map(profile -> monitor.accepts(profile, sent)).orElse(true);
  }

  /** As every response would, if the endpoint had moved. */
  private static boolean lacksDetails(ProfileResponse response) {
    return response instanceof ProfileResponse.NotFound
        || response instanceof ProfileResponse.Basic;
  }

  /** Afterwards, since it queries the database: 404s would come later than other responses. */
  private void lookUp(HorseTask task) {
    if (task.rounds() == 0) {
      notFound.onLookUp(task.horse(), known.contains(task.horse()));
    }
  }
}
