package studbook.bench.environment;

import java.io.IOException;
import java.util.List;

/** Something to be measured. Starts from empty tables and leaves no process behind. */
public interface Benchmark {

  /** The name for {@code --only}. */
  String name();

  List<Measurement> measure(BenchEnvironment workshop) throws IOException, InterruptedException;
}
