package studbook.cli.setup;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import studbook.cli.option.RateOptions;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.racingapi.ApiAccount;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorArguments;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.text.HumanFormat;
import studbook.time.Rate;

/** {@code studbook simulate}. */
@Command(
    name = "simulate",
    description = {
      "Serve a simulated Racing API with invented horses over HTTP.",
      "Runs until stopped."
    },
    footer = {"", "Example: studbook simulate --horses 5000 --rate 5 --faults 500:0.01"})
public final class SimulateCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private RateOptions rates = new RateOptions();

  @Mixin private SimulatorArguments arguments = new SimulatorArguments();

  public SimulateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = context.settings(rates);
    Optional<ApiAccount> account = settings.api();
    String username = account.map(set -> set.username().reveal()).orElse("simulator");
    String password = account.map(set -> set.password().reveal()).orElse("simulator");
    CountDownLatch stopped = new CountDownLatch(1);
    context.stopSignal().onShutdown(stopped::countDown);
    Population population = population();
    try (Simulator simulator = Simulator.start(options(settings, username, password), population)) {
      context
          .out()
          .printf(
              "%s at %s, limit %s. Ctrl-C stops it.%n",
              HumanFormat.count(population.size(), "horse"), simulator.baseUri(), settings.rate());
      context.println("For another terminal:");
      context.println("  export RACING_API_BASE_URL=" + simulator.baseUri());
      context.println(
          account.isPresent()
              ? "  (user name and password are those of your settings)"
              : "  export RACING_API_USERNAME=simulator RACING_API_PASSWORD=simulator");
      context.println("Statistics: " + simulator.baseUri().resolve("/__stats"));
      context.out().flush();
      stopped.await();
    }
    return ExitCode.DONE;
  }

  private Population population() {
    try {
      return arguments.population(context.environment().workingDirectory());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private SimulatorOptions options(Settings settings, String username, String password) {
    try {
      return arguments.options(
          username,
          password,
          settings.rate().perSecond(),
          settings.racecardsRate().stream().mapToDouble(Rate::perSecond).findFirst());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
