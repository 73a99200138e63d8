package studbook.bench.environment;

import java.util.Arrays;
import studbook.time.SystemTime;

/** Measured time, in seconds. */
public final class Seconds {

  private Seconds() {}

  /** What is to be timed. */
  public interface Work {
    void run() throws InterruptedException;
  }

  public static double of(Work work) throws InterruptedException {
    long began = SystemTime.ticker().nanos();
    work.run();
    return since(began);
  }

  public static double since(long nanos) {
    return (SystemTime.ticker().nanos() - nanos) / 1e9;
  }

  /** The middle one; of an even number the upper of the two in the middle. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  public static double[] times(int repetitions, Work work) throws InterruptedException {
    double[] seconds = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      seconds[i] = of(work);
    }
    return seconds;
  }
}
