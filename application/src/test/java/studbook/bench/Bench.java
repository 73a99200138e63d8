package studbook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.bench.dashboard.DashboardPart;
import studbook.bench.dashboard.PagesPart;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.bench.limit.BusyLimitPart;
import studbook.bench.limit.HangingPart;
import studbook.bench.limit.LimitPart;
import studbook.bench.pedigree.PedigreeCommandsPart;
import studbook.bench.pedigree.PedigreePart;
import studbook.bench.refresh.RefreshPart;
import studbook.bench.scale.MillionPart;
import studbook.bench.scale.ScalePart;
import studbook.bench.scale.SecondRunPart;
import studbook.bench.scale.ValidatePart;
import studbook.bench.search.SearchPart;
import studbook.bench.speed.DecodePart;
import studbook.bench.speed.LauncherPart;
import studbook.bench.speed.RacecardScanPart;
import studbook.bench.speed.RequestsPart;
import studbook.bench.speed.ThroughputPart;
import studbook.store.table.RefreshIntervals;
import studbook.time.SystemTime;

/** {@code bench/run}: measures, prints a table, and keeps it in bench/RESULTS.md. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description =
        "Measures speed and memory: launcher (start-up), limit (how much of 2 and 5 a second is"
            + " used, by one, two and four processes), busy (the same beside two busy loops, and an"
            + " evenly spaced loop in turns), hanging (racecards at a limit while one request in a"
            + " hundred hangs), throughput (profiles without a limit), racecards (their scan without a limit),"
            + " requests (the reference population, faster than life), dashboard (what its visitors cost a run), pages (how long they take alone), refresh and longer (two years of"
            + " nightly refreshes on a virtual clock, with the usual and with longer intervals), decode (by JMH), scale"
            + " (plan, resume and status, up to --many horses), second (a second run after ANALYZE, up"
            + " to --many horses), million (import, plan, memory), validate, search (the dashboard's,"
            + " among --many horses), pedigree (inbreeding"
            + " of up to ten million horses), ancestry (pedigree commands on a million horses). Everything runs on this machine.",
    footer = {"", "Example: bench/run --only limit --seconds 20"})
final class Bench implements Callable<Integer> {

  @Option(names = "--root", hidden = true, required = true)
  private Path root = Path.of("");

  @Option(names = "--jar", hidden = true, required = true)
  private Path jar = Path.of("");

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "These parts only, such as limit,launcher.")
  private List<String> only = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "Of steady work at a limit, in limit ten times, in busy four times a pair, in hanging twice"
              + " (${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--horses",
      paramLabel = "N",
      description = "Of one run without a limit (${DEFAULT-VALUE}).")
  private int horses = 40_000;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description =
          "Runs in throughput and busy, each beside a loop to compare with (${DEFAULT-VALUE}).")
  private int pairs = 5;

  @Option(
      names = "--many",
      paramLabel = "N",
      description =
          "Horses of the largest database in scale, second, validate and search (${DEFAULT-VALUE}).")
  private int many = 10_000_000;

  @Option(names = "--print-only", description = "Leave bench/RESULTS.md as it is.")
  private boolean printOnly;

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Benchmark> parts = parts();
    BenchEnvironment workshop = BenchEnvironment.open(root);
    AtomicBoolean closed = new AtomicBoolean();
    Runnable close =
        () -> {
          if (closed.compareAndSet(false, true)) {
            workshop.close();
          }
        };
    // A signal ends started processes, too.
    Runtime.getRuntime().addShutdownHook(new Thread(close));
    try {
      String heading = heading(workshop);
      List<Measurement> figures = new ArrayList<>();
      for (Benchmark part : parts) {
        long began = SystemTime.ticker().nanos();
        System.err.println("Measuring " + part.name() + " …");
        figures.addAll(part.measure(workshop));
        System.err.printf("  took %.0f s%n", Seconds.since(began));
      }
      String table = heading + table(figures);
      System.out.print(table);
      if (!printOnly) {
        keep(table);
      }
      return figures.stream().allMatch(Measurement::met) ? 0 : 1;
    } finally {
      close.run();
    }
  }

  private List<Benchmark> parts() {
    List<Benchmark> all =
        List.of(
            new LauncherPart(jar),
            new LimitPart(Duration.ofSeconds(seconds)),
            new BusyLimitPart(pairs, Duration.ofSeconds(seconds)),
            new HangingPart(Duration.ofSeconds(seconds)),
            new ThroughputPart(horses, pairs),
            new RacecardScanPart(),
            new RequestsPart(),
            new DashboardPart(Duration.ofSeconds(seconds)),
            new PagesPart(horses),
            new RefreshPart(RefreshIntervals.USUAL),
            new DecodePart(),
            new ScalePart(many),
            new SecondRunPart(many),
            new MillionPart(),
            new ValidatePart(111_430, many),
            new SearchPart(many),
            new PedigreePart(),
            new PedigreeCommandsPart(Math.min(many, 1_000_000)));
    List<String> names = all.stream().map(Benchmark::name).toList();
    if (!names.containsAll(only)) {
      throw new IllegalArgumentException("--only takes " + String.join(", ", names));
    }
    return all.stream().filter(part -> only.isEmpty() || only.contains(part.name())).toList();
  }

  private static String heading(BenchEnvironment workshop) {
    String now =
        SystemTime.clock()
            .instant()
            .atZone(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'"));
    return "\n## %s\n\n%s\n\n".formatted(now, Machine.describe(workshop));
  }

  private static String table(List<Measurement> figures) {
    StringBuilder table = new StringBuilder("| figure | measured | goal | |\n|---|---|---|---|\n");
    for (Measurement figure : figures) {
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(figure.name(), figure.measured(), figure.goal(), figure.verdict()));
    }
    return table.toString();
  }

  private void keep(String table) throws IOException {
    Files.writeString(
        root.resolve("bench/RESULTS.md"),
        table,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
