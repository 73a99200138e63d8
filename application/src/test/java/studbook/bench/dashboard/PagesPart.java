package studbook.bench.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.bench.environment.Waiting;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * How long the pages of the dashboard take without other load: one request after the other, after a
 * warm-up, on a database whose run has as many samples as one of sixteen hours.
 *
 * @param horses of the run
 */
public record PagesPart(int horses) implements Benchmark {

  private static final int WARM_UP = 100;
  private static final int REQUESTS = 500;
  private static final double MOST_MILLISECONDS = 50;
  private static final Duration RUN_MAY_TAKE = Duration.ofMinutes(20);
  private static final Duration START_MAY_TAKE = Duration.ofSeconds(60);
  private static final Pattern URL = Pattern.compile("dashboard at (http://\\S+)");

  @Override
  public String name() {
    return "pages";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    Population population = new SyntheticPopulation(1, horses);
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT);
    try (Simulator simulator = Simulator.start(options, population)) {
      Map<String, String> account = BenchEnvironment.account(simulator.baseUri());
      run(
          workshop,
          account,
          "backfill",
          "--non-interactive",
          "--no-racecards",
          "--rate",
          "unlimited");
      run(workshop, account, "init", "--search-index");
      run(workshop, account, "pedigree", "inbreeding", "--all");
      addSamples(workshop);
      try (ChildProcess service = workshop.studbook(account, "serve", "--listen", "127.0.0.1:0")) {
        return pages(url(service), population.named(horses / 2).id());
      }
    }
  }

  private static void run(BenchEnvironment workshop, Map<String, String> account, String... command)
      throws InterruptedException {
    try (ChildProcess process = workshop.studbook(account, command)) {
      process.endsWith(0, RUN_MAY_TAKE);
    }
  }

  /** One every ten seconds of sixteen hours, before those of the run. */
  private static void addSamples(BenchEnvironment workshop) {
    workshop
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              INSERT INTO studbook.run_sample (run_id, sampled_at, worker_id, interval_ms, horses_completed, horses_failed,
                horses_per_second, bottleneck, requests_sent, requests_throttled, max_requests_per_second)
              SELECT run_id, started_at - n * interval '10 s', owner_worker_id, 10000, 0, 0, 2, 'rate_limit', 20, 0, 2
              FROM studbook.run CROSS JOIN generate_series(1, 5760) n
              """);
          handle.execute("ANALYZE");
        });
  }

  private static URI url(ChildProcess service) throws InterruptedException {
    Waiting.until("the service", START_MAY_TAKE, () -> URL.matcher(service.output()).find());
    Matcher found = URL.matcher(service.output());
    if (!found.find()) {
      throw new IllegalStateException(service.output());
    }
    return URI.create(found.group(1));
  }

  private List<Measurement> pages(URI base, String horse) throws InterruptedException {
    List<Measurement> figures = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path :
          List.of(
              "/",
              "/runs",
              "/runs/1",
              "/horses?q=be",
              "/horses/" + horse,
              "/quality",
              "/errors",
              "/review",
              "/changes",
              "/schedules",
              "/drift")) {
        time(client, base.resolve(path), WARM_UP);
        double[] taken = time(client, base.resolve(path), REQUESTS);
        figures.add(
            Measurement.atMost(
                    "%s horses, page %s: 95 of 100 within"
                        .formatted(HumanFormat.count(horses), path.replace(horse, "ID")),
                    "%.0f ms",
                    MOST_MILLISECONDS,
                    1e3 * taken[REQUESTS * 95 / 100])
                .with("median " + Measurement.text("%.0f ms", 1e3 * taken[REQUESTS / 2])));
      }
    }
    return figures;
  }

  /** Seconds, shortest first. */
  private static double[] time(HttpClient client, URI page, int times) throws InterruptedException {
    double[] seconds = new double[times];
    HttpRequest request = HttpRequest.newBuilder(page).header("Accept", "text/html").build();
    try {
      for (int i = 0; i < times; i++) {
        long began = SystemTime.ticker().nanos();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        seconds[i] = Seconds.since(began);
        if (response.statusCode() != 200) {
          throw new IllegalStateException(page + ": " + response.statusCode());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(page.toString(), e);
    }
    Arrays.sort(seconds);
    return seconds;
  }
}
