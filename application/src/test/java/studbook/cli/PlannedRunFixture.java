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
  final RunRepository runs;
  final RunStateRepository control;
  final UUID owner = UUID.randomUUID();
  final RunRepository.RunRow run;

  private PlannedRunFixture(
      BackfillFixture stable, ProcessIdentity process, HorseSelection selection) {
    database = Database.open(DatabaseAddress.parse(stable.database.libpqUri()), 2);
    runs = new RunRepository(database.jdbi());
    control = new RunStateRepository(database.jdbi());
    RateLimitKey key =
        RateLimitKey.of(URI.create("https://api.example.org/v1"), "somebody", "account");
    new WorkerRepository(database.jdbi())
        .register(owner, process, "test", key, new Rate(2), Optional.empty(), _ -> {});
    RunRepository.RunConfig told =
        new RunRepository.RunConfig("test", new Rate(2), List.of(), Optional.empty());
    run =
        switch (runs.plan(owner, told, selection)) {
          case RunRepository.StartResult.RunStarted(RunRepository.RunRow own, boolean _) -> own;
          case RunRepository.StartResult.AlreadyRunning taken ->
              throw new AssertionError("taken by " + taken.run());
        };
  }

  /** Of this JVM: under way. */
  static PlannedRunFixture alive(BackfillFixture stable) {
    return new PlannedRunFixture(stable, ProcessIdentity.mine(), HorseSelection.ALL);
  }

  /** Of a process of this host that is gone. */
  static PlannedRunFixture dead(BackfillFixture stable) {
    return dead(stable, HorseSelection.ALL);
  }

  /** The same over chosen horses. */
  static PlannedRunFixture dead(BackfillFixture stable, HorseSelection selection) {
    return new PlannedRunFixture(
        stable, new ProcessIdentity("here", 1, ProcessIdentity.mine().started() + "0"), selection);
  }

  @Override
  public void close() {
    database.close();
  }
}
