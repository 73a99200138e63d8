package studbook.bench.speed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.racingapi.DecodingBenchmark;

/**
 * Decoding and validation alone, on one thread, by JMH with the launcher's options for Java. JMH
 * reports allocation, too; most of it is garbage at once.
 */
public record DecodePart() implements Benchmark {

  private static final int WARM_UPS = 3;
  private static final int MEASUREMENTS = 5;
  private static final TimeValue EACH = TimeValue.seconds(2);
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** JMH inspects its objects with it, and Java would warn in each fork. */
  private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) {
    Map<String, RunResult> results =
        run().stream()
            .collect(
                Collectors.toMap(
                    result -> result.getPrimaryResult().getLabel(), Function.identity()));
    Measured profile = measured(results, "profile");
    Measured inspection = measured(results, "inspection");
    Measured racecards = measured(results, "racecards");
    double pages = racecards.aSecond();
    double runners = racecards.secondary("runners");
    return List.of(
        Measurement.known(
            "decode: profiles a second, from body to raw profile",
            profile.text("%,.0f") + " allocated a profile)"),
        Measurement.known(
            "decode: profiles inspected a second, from raw profile to what is written",
            inspection.text("%,.0f") + " allocated a profile)"),
        Measurement.known(
            "decode: runners a second, from a page's stream to raw profiles",
            Measurement.text("%,.0f", runners)
                + " (%.0f pages of %.2f MB and %.0f runners)"
                    .formatted(pages, racecards.secondary("bytes") / pages / 1e6, runners / pages)),
        Measurement.known(
            "decode: allocated a runner",
            Measurement.text("%,.0f bytes", racecards.secondary(ALLOCATED) * pages / runners)
                + Measurement.text(
                    " (its share of the page: %,.0f bytes)",
                    racecards.secondary("bytes") / runners)));
  }

  /** JMH's result for one method. */
  private record Measured(RunResult result) {

    double aSecond() {
      return result.getPrimaryResult().getScore();
    }

    double secondary(String name) {
      Result<?> found = result.getSecondaryResults().get(name);
      if (found == null) {
        throw new IllegalStateException("JMH measured no " + name);
      }
      return found.getScore();
    }

    String text(String form) {
      return Measurement.text(form, aSecond())
          + Measurement.text(
              " (± %.0f %%; ", 100 * result.getPrimaryResult().getScoreError() / aSecond())
          + Measurement.text("%,.0f bytes", secondary(ALLOCATED));
    }
  }

  private static Measured measured(Map<String, RunResult> results, String method) {
    RunResult result = results.get(method);
    if (result == null) {
      throw new IllegalStateException("JMH has no " + method);
    }
    return new Measured(result);
  }

  private static Collection<RunResult> run() {
    Options options =
        new OptionsBuilder()
            .include("^" + DecodingBenchmark.class.getName().replace(".", "\\.") + "\\.")
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .forks(1)
            .jvmArgs(BenchEnvironment.JAVA_OPTIONS.toArray(String[]::new))
            .jvmArgsAppend(QUIET)
            .warmupIterations(WARM_UPS)
            .warmupTime(EACH)
            .measurementIterations(MEASUREMENTS)
            .measurementTime(EACH)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH did not come to an end", e);
    }
  }
}
