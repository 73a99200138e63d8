package studbook.backfill.racecard;

import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.dispatch.RequestSource;
import studbook.model.ProfileValidator;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacecardResponse;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;

/** A request for a page of a racecard day, which reports to its {@link RacecardScan}. */
record RacecardRequest(
    RacecardScan scan, ApiRequester api, ProfileValidator validator, RacecardTask task)
    implements RequestSource.QueuedRequest {

  @Override
  public void requeue() {
    scan.onRequestEnd(task);
    scan.requeue(task);
  }

  @Override
  public void run(NextPermit.Permit permit, RateLimiter limiter) throws InterruptedException {
    ApiRequester.SentRequest<RacecardCall> request =
        api.fetchRacecards(task.day(), task.skip(), permit, limiter);
    scan.onRequestEnd(task);
    if (request.call().response() instanceof RacecardResponse.RacecardPageRead) {
      scan.onPage(request.sent());
    }
    switch (RacecardResponseHandler.judge(task, request.call())) {
      case RacecardAction.DayFinished finished -> scan.complete(finished.validate(validator));
      case RacecardAction.DayRetry(RacecardTask next) -> scan.requeue(next);
      case RacecardAction.DaySuspended suspended -> scan.suspend(suspended);
    }
  }
}
