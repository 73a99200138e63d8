package studbook.bench.pedigree;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;

/**
 * F of one and of ten million simulated Thoroughbreds, the plain algorithm of Meuwissen and Luo
 * with a hundred thousand, since its time grows with their ancestors, and the order of pedigrees of
 * five and ten million. Each in a process whose heap, which also has the pedigree, is limited to
 * the memory that is the goal.
 */
public record PedigreePart() implements Benchmark {

  private static final int MILLION = 1_000_000;
  private static final Duration MAY_TAKE = Duration.ofMinutes(30);

  @Override
  public String name() {
    return "pedigree";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    Output one = run(workshop, "-Xmx150m", "inbreeding", MILLION, 1, 7);
    Output two = run(workshop, "-Xmx150m", "inbreeding", MILLION, 2, 7);
    Output ten = run(workshop, "-Xmx1500m", "inbreeding", 10 * MILLION, 2, 1);
    Output plain = run(workshop, "-Xmx400m", "baseline", MILLION / 10, 1, 1);
    Output five = run(workshop, "-Xmx1g", "order", 5 * MILLION, 1, 3);
    Output order = run(workshop, "-Xmx1g", "order", 10 * MILLION, 1, 3);
    return List.of(
        Measurement.atMost(
                "F of 1,000,000 horses, one thread, -Xmx150m with the pedigree",
                "%.2f s",
                1,
                one.median())
            .with(one.details()),
        Measurement.known(
            "F of 1,000,000 horses, two threads",
            Measurement.text("%.2f s", two.median()) + " (" + two.details() + ")"),
        Measurement.atMost(
                "F of 10,000,000 horses, two threads, -Xmx1500m with the pedigree",
                "%.1f s",
                30,
                ten.median())
            .with(ten.details()),
        Measurement.known(
            "F of 100,000 horses by plain Meuwissen and Luo, one thread",
            Measurement.text("%.1f s", plain.median())
                + Measurement.text(" (here %.3f s", plain.value("here"))
                + Measurement.text(
                    "; largest difference of an F %.1e)", plain.value("difference"))),
        Measurement.known(
            "order and cycle check of 10,000,000 horses in no order",
            Measurement.text("%.2f s", order.median())),
        Measurement.atMost(
            "order and cycle check: time for twice as many horses",
            "%.2f times",
            2.2,
            order.median() / five.median()));
  }

  private static Output run(
      BenchEnvironment workshop, String heap, String what, int horses, int threads, int repetitions)
      throws InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            PedigreeProgram.class.getName(),
            what,
            Integer.toString(horses),
            Integer.toString(threads),
            Integer.toString(repetitions));
    try (ChildProcess running = workshop.start(command, Map.of())) {
      running.endsWith(0, MAY_TAKE);
      return new Output(running.output());
    }
  }

  /** What a program printed: lines of a name and numbers. */
  private record Output(String text) {

    double[] values(String name) {
      String line =
          text.lines().filter(text -> text.startsWith(name + " ")).findFirst().orElseThrow();
      return Arrays.stream(line.substring(name.length() + 1).split(" "))
          .mapToDouble(Double::parseDouble)
          .toArray();
    }

    double value(String name) {
      return values(name)[0];
    }

    double median() {
      return Seconds.median(values("seconds"));
    }

    String details() {
      return Measurement.text("first of %.0f: ", values("seconds").length)
          + Measurement.text("%.2f s; ", value("seconds"))
          + Measurement.text("%.0f generations, ", value("generations"))
          + Measurement.text("mean F of the last crops %.3f; ", value("mean"))
          + Measurement.text("resident %.0f MB", value("resident"));
    }
  }
}
