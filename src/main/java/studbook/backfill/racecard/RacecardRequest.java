package studbook.backfill.racecard;

import studbook.backfill.dispatch.Agenda;
import studbook.backfill.dispatch.Throttling;
import studbook.backfill.pause.Gate;
import studbook.racingapi.Answer;
import studbook.racingapi.DayAnswer;
import studbook.racingapi.DayAttempt;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.Turn;

/** A request for a page of a day's racecards, which reports to its {@link Sweep}. */
final class RacecardRequest implements Agenda.Errand {

  private final Sweep sweep;
  private final Sweep.Tools tools;
  private final DayTask task;

  RacecardRequest(Sweep sweep, Sweep.Tools tools, DayTask task) {
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
  public void run(Turn.Slot slot, Pacer pacer) throws InterruptedException {
    long sent = tools.clockwork().ticker().nanos();
    DayAttempt attempt = ask();
    sweep.answered(task);
    if (attempt.answer() instanceof Answer.Trouble trouble) {
      Throttling.tell(pacer, slot, trouble);
    }
    switch (attempt.answer()) {
      case Answer.Throttled throttled -> tools.gate().saw(throttled, sent);
      case DayAnswer.Page _ -> {
        tools.gate().alive();
        sweep.sawPage(sent);
      }
      // A later answer shows what is to blame.
      case DayAnswer.NoSuchDay _,
          Answer.Unauthorised _,
          Answer.Unavailable _,
          Answer.Malformed _ -> {}
    }
    switch (DayJudge.judge(task, attempt)) {
      case DayStep.Finished(DayEnd end) -> task.end().complete(end);
      case DayStep.Again(DayTask next) -> sweep.again(next);
      case DayStep.Doubted doubted -> sweep.suspend(doubted);
    }
  }

  private DayAttempt ask() throws InterruptedException {
    try (Gate.UnderWay _ = tools.gate().send()) {
      return tools.api().racecards(task.day(), task.skip());
    }
  }
}
