package studbook.dashboard.page;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.dashboard.page.OperatorCommands.CommandOutcome;
import studbook.store.access.ActionState;
import studbook.store.access.OperatorActionRepository;
import studbook.store.run.ProcessIdentity;
import studbook.store.work.LeaseConfig;

/**
 * The commands that this process runs in the background for operators. Every few seconds it records
 * that they run, or what became of them, and which ones of processes that have ended were
 * interrupted. An end that the database does not take is recorded later. Safe for many threads.
 */
public final class BackgroundActions implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BackgroundActions.class);

  /** How long the end of the process waits for commands that were asked to stop. */
  private static final Duration LAST = Duration.ofSeconds(5);

  private final OperatorActionRepository actions;
  private final Map<Long, CompletableFuture<CommandOutcome>> unrecorded = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("dashboard-actions").factory());

  private BackgroundActions(Jdbi jdbi) {
    this.actions = new OperatorActionRepository(jdbi);
  }

  /** Starts it; what earlier processes left is recorded at once. */
  public static BackgroundActions start(Jdbi jdbi) {
    BackgroundActions background = new BackgroundActions(jdbi);
    var _ =
        background.timer.scheduleWithFixedDelay(
            background::tick, 0, LeaseConfig.HEARTBEAT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return background;
  }

  /** Records the end of a command with the action that started it. */
  void follow(long action, CompletableFuture<CommandOutcome> end) {
    unrecorded.put(action, end);
    CompletableFuture<Void> _ = end.thenRun(() -> timer.execute(this::tick));
  }

  private void tick() {
    try {
      recordEnds();
      Set<Long> running = Set.copyOf(unrecorded.keySet());
      if (!running.isEmpty()) {
        actions.heartbeat(running);
      }
      actions.endInterrupted();
    } catch (RuntimeException e) {
      log.debug("actions wait for the database", e);
    }
  }

  private void recordEnds() {
    unrecorded.forEach((action, end) -> {
      if (end.isDone()) {
        CommandOutcome outcome = end.resultNow();
        actions.finish(
            action, ActionState.ended(outcome.succeeded()), OperatorActions.message(outcome));
        unrecorded.remove(action);
      }
    });
  }

  /** Those that have not ended are interrupted by the end of this process. */
  private void recordInterruptions() {
    recordEnds();
    unrecorded
        .keySet()
        .forEach(action ->
            actions.finish(
                action,
                ActionState.INTERRUPTED,
                OperatorActionRepository.interruption(ProcessIdentity.mine())));
  }

  @Override
  public void close() {
    try {
      if (!unrecorded.isEmpty()) {
        awaitEnds();
        timer.submit(this::recordInterruptions).get(LAST.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException | ExecutionException e) {
      log.debug("the next process records what became of actions", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }

  private void awaitEnds() throws ExecutionException, InterruptedException {
    try {
      CompletableFuture.allOf(unrecorded.values().toArray(CompletableFuture<?>[]::new))
          .get(LAST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.debug("a command of the dashboard is interrupted", e);
    }
  }
}
