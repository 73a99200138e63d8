package studbook.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/**
 * Processes that work for minutes under consecutive random faults, or are killed many times. Not
 * part of the suite: {@code bench/soak} runs it.
 */
class Soak {

  /** Requests in flight when a process dies or sleeps, committed or not. */
  private static final int IN_FLIGHT = 60;

  private static final int TYPICAL_KILL_RATE = 20;

  private static final List<String> API_FAULTS =
      List.of(
          "500:0.3",
          "503:1",
          "429:0.05",
          "429:0.02:3",
          "timeout:0.1",
          "cut:0.2",
          "close:0.2",
          "401:1",
          "404:1");

  private final long seed = Long.getLong("soak.seed", new Random().nextLong(1_000_000));
  private final Random random = new Random(seed);
  private final int workers = Integer.getInteger("soak.workers", 4);
  private final int kills = Integer.getInteger("soak.kills", 0);
  private final String faults = System.getProperty("soak.faults", "all");
  private final double rate =
      Double.parseDouble(System.getProperty("soak.rate", kills > 0 ? "" + TYPICAL_KILL_RATE : "5"));
  private final Duration lasts =
      Duration.ofMillis(
          Math.round(Double.parseDouble(System.getProperty("soak.minutes", "10")) * 60_000));
  private final List<WorkerProcess> processes = new ArrayList<>();
  private final List<Asleep> asleep = new ArrayList<>();

  private int killed;
  private int stopped;
  private int slept;
  private int restarted;
  private long sessions;

  @TempDir Path folder;

  /** A frozen process and when it is woken. */
  private record Asleep(WorkerProcess process, long until) {}

  @Test
  void run() throws Exception {
    int horses =
        Integer.getInteger(
            "soak.horses", kills > 0 ? 2_000 : (int) (rate * lasts.toSeconds() * 1.2) + 100);
    print("seed %d · %d horses · %s/s · %d processes".formatted(seed, horses, rate, workers));
    SimulatorOptions options = FaultTestEnvironment.options();
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(horses, folder, kills > 0 ? options : options.withRate(rate))) {
      environment.cli.with("RACING_API_TIMEOUT", "5s");
      processes.add(environment.start("backfill", "--rate", Double.toString(rate)));
      environment.awaitArrivals(1);
      while (processes.size() < workers) {
        processes.add(worker(environment));
      }
      if (kills > 0) {
        killAgainAndAgain(environment);
      } else {
        soak(environment);
      }
    }
  }

  /** Its last process stops a run; workers do not resume it. */
  private WorkerProcess worker(FaultTestEnvironment environment) throws Exception {
    restarted++;
    return environment.runState().equals("stopped")
        ? environment.start("backfill", "--resume", "--rate", Double.toString(rate))
        : environment.start("worker", "--rate", Double.toString(rate));
  }

  private void killAgainAndAgain(FaultTestEnvironment environment) throws Exception {
    while (killed < kills) {
      SystemTime.sleeper().sleep(Duration.ofMillis(random.nextInt(900)));
      int victim = random.nextInt(processes.size());
      processes.get(victim).kill();
      killed++;
      processes.set(victim, worker(environment));
    }
    stopAll();
    print(
        "%d kills; %d of the horses were completed by then"
            .formatted(killed, environment.completed()));
    environment.finish();
    List<String> broken =
        environment
            .invariants()
            .violations(AllowedDeviations.STRICT.askedAgain((long) killed * IN_FLIGHT));
    print("violated invariants: %s".formatted(broken));
    assertThat(broken).isEmpty();
  }

  private void soak(FaultTestEnvironment environment) throws Exception {
    long began = SystemTime.ticker().nanos();
    long next = began;
    long healAt = Long.MAX_VALUE;
    while (SystemTime.ticker().nanos() - began < lasts.toNanos()) {
      long now = SystemTime.ticker().nanos();
      for (Asleep one : List.copyOf(asleep)) {
        if (now - one.until() >= 0) {
          one.process().signal("CONT");
          asleep.remove(one);
        }
      }
      if (now - healAt >= 0) {
        environment.simulator.setFaults(FaultProfile.NONE);
        healAt = Long.MAX_VALUE;
      }
      for (int i = 0; i < processes.size(); i++) {
        if (!processes.get(i).isAlive()) {
          processes.set(i, worker(environment));
        }
      }
      if (!faults.equals("none") && now - next >= 0) {
        if (faults.equals("all") && random.nextInt(3) == 0 && healAt == Long.MAX_VALUE) {
          environment.simulator.setFaults(
              FaultProfile.parse(API_FAULTS.get(random.nextInt(API_FAULTS.size()))));
          // Shorter, and a process gets too few 404s to suspect them: they are then accepted.
          healAt = now + Duration.ofSeconds(5 + random.nextInt(11)).toNanos();
        } else {
          disturb(environment, now);
        }
        next = now + Duration.ofMillis(4_000 + random.nextInt(12_000)).toNanos();
      }
      SystemTime.sleeper().sleep(Duration.ofMillis(100));
    }
    long[] arrivals = environment.simulator.statistics().arrivalNanos();
    long span = SystemTime.ticker().nanos() - began;
    environment.simulator.setFaults(FaultProfile.NONE);
    stopAll();
    report(environment, Arrays.stream(arrivals).filter(at -> at - began >= 0).count(), span);
  }

  private void disturb(FaultTestEnvironment environment, long now) throws Exception {
    WorkerProcess process = processes.get(random.nextInt(processes.size()));
    if (asleep.stream().anyMatch(one -> one.process() == process)) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        process.kill();
        killed++;
      }
      case 1 -> {
        process.signal("TERM");
        process.exitCode(Duration.ofSeconds(5));
        stopped++;
      }
      case 2 -> {
        process.signal("STOP");
        asleep.add(
            new Asleep(process, now + Duration.ofMillis(500 + random.nextInt(39_500)).toNanos()));
        slept++;
      }
      default -> {
        if (faults.equals("all")) {
          sessions +=
              environment.count(
                  """
                  SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                  WHERE datname = current_database() AND application_name = 'studbook'
                  """);
        }
      }
    }
  }

  private void stopAll() throws Exception {
    for (Asleep one : asleep) {
      one.process().signal("CONT");
    }
    for (WorkerProcess process : processes) {
      if (process.isAlive()) {
        process.signal("TERM");
      }
    }
    for (WorkerProcess process : processes) {
      process.exitCode(Duration.ofSeconds(10));
    }
  }

  private void report(FaultTestEnvironment environment, long arrivals, long span) {
    var statistics = environment.simulator.statistics();
    long fired = statistics.faultCount().values().stream().mapToLong(n -> n).sum();
    print(
        "%d kills, %d stops, %d frozen, %d sessions killed, %d workers started; faults fired: %s"
            .formatted(killed, stopped, slept, sessions, restarted, statistics.faultCount()));
    print(
        "%.1f%% of the limit used (%d requests in %d s), fullest second %d, 429 by the limit: %d; the machine stood still for %d ms"
            .formatted(
                100.0 * arrivals / (rate * span / 1e9),
                arrivals,
                span / 1_000_000_000L,
                statistics.maxRequestsPerSecond(),
                statistics.count(429) - statistics.faultCount("429"),
                environment.stalled().toMillis()));
    print(
        "completed %d; run %s; pauses %s"
            .formatted(environment.completed(), environment.runState(), environment.pauses()));
    long again = (long) (killed + stopped + slept) * IN_FLIGHT + fired + sessions + 20;
    AllowedDeviations terms =
        AllowedDeviations.STRICT
            .limit((int) Math.ceil(rate))
            .askedAgain(again)
            .failures(Math.toIntExact(fired / 3));
    List<String> broken = environment.invariants().violations(terms);
    print("violated invariants: %s".formatted(broken));
    assertThat(broken).isEmpty();
    assertThat(arrivals).as("requests: it worked").isGreaterThan((long) (rate * span / 4e9));
  }

  private static void print(String line) {
    System.out.println("soak: " + line);
  }
}
