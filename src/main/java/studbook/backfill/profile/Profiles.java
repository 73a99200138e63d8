package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import studbook.backfill.dispatch.Agenda;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Supply;
import studbook.backfill.dispatch.Throttling;
import studbook.backfill.pause.Gate;
import studbook.backfill.pause.PayloadMonitor;
import studbook.model.HorseId;
import studbook.racingapi.Answer;
import studbook.racingapi.Attempt;
import studbook.racingapi.Endpoint;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.Turn;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;
import studbook.store.work.Pieces;
import studbook.time.Ticker;

/**
 * The horses of a run, asked for one by one: leases ranges of the ledger, judges each answer, and
 * hands every outcome to the scribe.
 */
public final class Profiles implements Agenda {

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
  public record Tools(
      RacingApi api,
      Judge judge,
      Gate gate,
      Scribe scribe,
      Quarantine quarantine,
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
  public record Answered(long sent, Answer answer) {}

  private final RunContext part;
  private final Pieces pieces;
  private final TaskQueue queue;
  private final Tools tools;
  private final Consumer<Answered> answers;
  private final Supply supply = new Supply(this::refill);

  private volatile Optional<HorseId> found = Optional.empty();

  /**
   * @param answers told of every answer
   */
  public Profiles(
      RunContext part, Pieces pieces, TaskQueue queue, Tools tools, Consumer<Answered> answers) {
    this.part = part;
    this.pieces = pieces;
    this.queue = queue;
    this.tools = tools;
    this.answers = answers;
  }

  @Override
  public Optional<Errand> next() throws InterruptedException {
    if (!tools.gate().isAnswering()) {
      tools.failures().giveBack();
    }
    if (queue.ready() <= RUNNING_LOW) {
      supply.ask(tools.requests());
    }
    Optional<Task> task = queue.poll();
    if (task.isEmpty() && supply.came()) {
      task = queue.poll();
    }
    return task.map(ProfileErrand::new);
  }

  /** Closes what is done, and leases another piece; false where there is none just now. */
  private boolean refill() {
    for (Optional<Lease> done = queue.emptied(); done.isPresent(); done = queue.emptied()) {
      close(done.get());
    }
    Optional<Lease> lease = pieces.claim(part.run(), part.worker(), queue.leases());
    lease.ifPresent(held -> queue.add(held, pieces.pending(held)));
    tools.gate().databaseBack();
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
    return queue.dueIn();
  }

  @Override
  public int concurrency() {
    return tools.concurrency();
  }

  private static boolean isAnswered(Answer answer) {
    return !(answer instanceof Answer.Trouble);
  }

  /** Without a detailed profile: so it would be for all, if the endpoint had moved. */
  private static boolean isDoubtful(Answer answer) {
    return switch (answer) {
      case Answer.NotFound _, Answer.Basic _ -> true;
      case Answer.Found _,
          Answer.Throttled _,
          Answer.Unauthorised _,
          Answer.Unavailable _,
          Answer.Malformed _ ->
          false;
    };
  }

  /** A horse on its way. */
  private final class ProfileErrand implements Errand {

    private final Task task;

    ProfileErrand(Task task) {
      this.task = task;
    }

    @Override
    public void putBack() {
      queue.again(task, Duration.ZERO);
    }

    private boolean isUsual(Outcome outcome, Endpoint endpoint, long sent) {
      PayloadMonitor monitor = tools.payload().get(endpoint);
      return monitor == null
          || outcome.profile().map(profile -> monitor.accepts(profile, sent)).orElse(true);
    }

    private Attempt ask() throws InterruptedException {
      try (Gate.UnderWay _ = tools.gate().send()) {
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
    public void run(Turn.Slot slot, Pacer pacer) throws InterruptedException {
      boolean charged = tools.gate().charges();
      long sent = tools.ticker().nanos();
      Attempt attempt = ask();
      if (attempt.answer() instanceof Answer.Trouble trouble) {
        Throttling.tell(pacer, slot, trouble);
      } else {
        Throttling.tell(pacer, slot, attempt.took());
      }
      tools.gate().saw(attempt.answer(), sent);
      answers.accept(new Answered(sent, attempt.answer()));
      if (isAnswered(attempt.answer())) {
        tools.failures().answered(sent);
      }
      switch (tools.judge().judge(task, attempt)) {
        case Step.Settle(var outcome, var errors) when !isUsual(outcome, task.endpoint(), sent) -> {
          tools.scribe().record(errors);
          queue.again(task.asked(), AGAIN_AFTER_PAUSE);
        }
        case Step.Settle settle when isDoubtful(attempt.answer()) -> {
          tools.quarantine().hold(task.asked(), settle, sent);
          lookUp();
        }
        case Step.Settle(var outcome, var errors) -> {
          if (attempt.answer() instanceof Answer.Found) {
            found = Optional.of(task.horse());
            tools.quarantine().found(task, sent);
          }
          tools.scribe().settle(outcome, errors);
        }
        case Step.Failed failed -> {
          tools.scribe().record(failed.errors());
          if (charged && tools.gate().charges()) {
            tools.failures().hold(failed);
          } else {
            queue.again(failed.uncharged().task(), failed.uncharged().delay());
          }
        }
        case Step.Again(Task again, Duration delay, var errors) -> {
          tools.scribe().record(errors);
          queue.again(
              isDoubtful(attempt.answer())
                  ? again.notFound(tools.quarantine().notFoundInDetail(task, sent))
                  : again,
              delay);
        }
      }
    }
  }
}
