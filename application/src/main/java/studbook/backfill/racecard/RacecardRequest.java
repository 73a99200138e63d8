package studbook.backfill.racecard;

import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.ThrottleReporter;
import studbook.backfill.pause.RequestGate;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacecardResponse;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;

/** A request for a page of a day's racecards, which reports to its {@link RacecardScan}. */
final class RacecardRequest implements RequestSource.QueuedRequest {

  private final RacecardScan sweep;
  private final RacecardScan.ScanDependencies tools;
  private final RacecardTask task;

  RacecardRequest(RacecardScan sweep, RacecardScan.ScanDependencies tools, RacecardTask task) {
    this.sweep = sweep;
    this.tools = tools;
    this.task = task;
  }

  @Override
  public void putBack() {
    sweep.answered(task);
    sweep.again(task);
  }

  @Override
  public void run(NextPermit.Permit slot, RateLimiter pacer) throws InterruptedException {
    long sent = tools.clockwork().ticker().nanos();
    RacecardCall attempt = ask();
    sweep.answered(task);
    if (attempt.answer() instanceof ProfileResponse.Failure trouble) {
      ThrottleReporter.tell(pacer, slot, trouble);
    }
    switch (attempt.answer()) {
      case ProfileResponse.Throttled throttled -> tools.gate().onResponse(throttled, sent);
      case RacecardResponse.RacecardPageRead _ -> {
        tools.gate().onOtherResponse();
        sweep.sawPage(sent);
      }
      // A later answer shows what is to blame.
      case RacecardResponse.NoSuchDay _,
          ProfileResponse.Unauthorised _,
          ProfileResponse.Unavailable _,
          ProfileResponse.Malformed _ -> {}
    }
    switch (RacecardResponseHandler.judge(task, attempt)) {
      case RacecardAction.DayFinished(RacecardDayResult end) -> task.end().complete(end);
      case RacecardAction.DayRetry(RacecardTask next) -> sweep.again(next);
      case RacecardAction.DaySuspended doubted -> sweep.suspend(doubted);
    }
  }

  private RacecardCall ask() throws InterruptedException {
    try (RequestGate.RequestInFlight _ = tools.gate().onSend()) {
      return tools.api().racecards(task.day(), task.skip());
    }
  }
}
