package studbook.bench.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.ChildProcess;

/** Other work on the machine: loops that only count, bounded in time. */
final class BusyLoops implements AutoCloseable {

  private final List<ChildProcess> loops = new ArrayList<>();

  /**
   * Starts {@code count} loops.
   *
   * @param longestSeconds after which they end by themselves
   */
  BusyLoops(BenchEnvironment workshop, int count, long longestSeconds) {
    for (int i = 0; i < count; i++) {
      loops.add(
          workshop.start(
              List.of("bash", "-c", "while ((SECONDS < " + longestSeconds + ")); do :; done"),
              Map.of()));
    }
  }

  @Override
  public void close() {
    loops.forEach(ChildProcess::close);
  }
}
