package studbook.pedigree.kinship;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that compute rows, each in a memory of its own. Closing ends them. */
final class RowWorkers implements AutoCloseable {

  /** Fewer tasks take less time than handing them to threads. */
  private static final int WORTH_THREADS = 4;

  private final BreedingCore core;
  private final int threads;
  private final List<RelationshipRows> rows = new ArrayList<>();
  private @Nullable ExecutorService executor;

  /** A numbered part of the work. */
  interface RowTask {
    void run(RelationshipRows rows, int number);
  }

  RowWorkers(BreedingCore core, int threads) {
    this.core = core;
    this.threads = threads;
    rows.add(new RelationshipRows(core));
  }

  /** Runs the tasks 0 to {@code count - 1}, in any order, and returns when all are done. */
  void run(int count, RowTask task) {
    if (threads == 1 || count < WORTH_THREADS) {
      for (int number = 0; number < count; number++) {
        task.run(rows.getFirst(), number);
      }
    } else {
      runOnThreads(count, task);
    }
  }

  private void runOnThreads(int count, RowTask task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 0; worker < threads; worker++) {
      RelationshipRows own = rowsOf(worker);
      running.add(
          executor()
              .submit(() -> {
                for (int i = next.getAndIncrement();
                    i < count && !Thread.currentThread().isInterrupted();
                    i = next.getAndIncrement()) {
                  task.run(own, i);
                }
              }));
    }
    running.forEach(RowWorkers::await);
  }

  private RelationshipRows rowsOf(int worker) {
    if (worker == rows.size()) {
      rows.add(new RelationshipRows(core));
    }
    return rows.get(worker);
  }

  private ExecutorService executor() {
    ExecutorService running = executor;
    if (running == null) {
      running = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
      executor = running;
    }
    return running;
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while relationships were computed");
    } catch (ExecutionException e) {
      throw new IllegalStateException("relationships could not be computed", e.getCause());
    }
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
