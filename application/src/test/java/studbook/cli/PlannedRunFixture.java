package studbook.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import studbook.ratelimit.RateLimitKey;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.run.HorseSelection;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;

/** A run that a process has planned and does not work on: it stands still, for a test to look. */
final class PlannedRunFixture implements AutoCloseable {

  private final Database database;
  final RunRepository runRepository;
  final RunStateRepository runStates;
  final UUID owner = UUID.randomUUID();
  final RunRepository.RunRow run;

  private PlannedRunFixture(
      BackfillFixture fixture, ProcessIdentity process, HorseSelection selection) {
    database = Database.open(DatabaseAddress.parse(fixture.database.libpqUri()), 2);
    runRepository = new RunRepository(database.jdbi());
    runStates = new RunStateRepository(database.jdbi());
    RateLimitKey key =
        RateLimitKey.of(URI.create("https://api.example.org/v1"), "somebody", "account");
    new WorkerRepository(database.jdbi())
        .register(owner, process, "test", key, new Rate(2), Optional.empty(), _ -> {});
    RunRepository.RunConfig config =
        new RunRepository.RunConfig("test", new Rate(2), List.of(), Optional.empty());
    run =
        switch (runRepository.plan(owner, config, selection)) {
          case RunRepository.StartResult.RunStarted(RunRepository.RunRow own, boolean _) -> own;
          case RunRepository.StartResult.AlreadyRunning alreadyRunning ->
              throw new AssertionError("taken by " + alreadyRunning.run());
        };
  }

  /** Of this JVM: under way. */
  static PlannedRunFixture alive(BackfillFixture fixture) {
    return new PlannedRunFixture(fixture, ProcessIdentity.mine(), HorseSelection.ALL);
  }

  /** Of a process of this host that is gone. */
  static PlannedRunFixture dead(BackfillFixture fixture) {
    return dead(fixture, HorseSelection.ALL);
  }

  /** The same over chosen horses. */
  static PlannedRunFixture dead(BackfillFixture fixture, HorseSelection selection) {
    return new PlannedRunFixture(
        fixture, new ProcessIdentity("here", 1, ProcessIdentity.mine().started() + "0"), selection);
  }

  @Override
  public void close() {
    database.close();
  }
}
