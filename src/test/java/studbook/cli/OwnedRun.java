package studbook.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import studbook.ratelimit.BudgetKey;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.store.run.Selection;
import studbook.store.run.Workers;
import studbook.time.Rate;

/** A run that a process has planned and does not work on: it stands still, for a test to look. */
final class OwnedRun implements AutoCloseable {

  private final Database database;
  final Runs runs;
  final RunControl control;
  final UUID owner = UUID.randomUUID();
  final Runs.Run run;

  private OwnedRun(Stable stable, ProcessIdentity process, Selection selection) {
    database = Database.open(DatabaseAddress.parse(stable.database.libpqUri()), 2);
    runs = new Runs(database.jdbi());
    control = new RunControl(database.jdbi());
    BudgetKey key = BudgetKey.of(URI.create("https://api.example.org/v1"), "somebody", "account");
    new Workers(database.jdbi())
        .register(owner, process, "test", key, new Rate(2), Optional.empty(), _ -> {});
    Runs.Told told = new Runs.Told("test", new Rate(2), List.of(), Optional.empty());
    run =
        switch (runs.plan(owner, told, selection)) {
          case Runs.Start.Owned(Runs.Run own, boolean _) -> own;
          case Runs.Start.Taken taken -> throw new AssertionError("taken by " + taken.run());
        };
  }

  /** Of this JVM: under way. */
  static OwnedRun alive(Stable stable) {
    return new OwnedRun(stable, ProcessIdentity.mine(), Selection.ALL);
  }

  /** Of a process of this host that is gone. */
  static OwnedRun dead(Stable stable) {
    return dead(stable, Selection.ALL);
  }

  /** The same over chosen horses. */
  static OwnedRun dead(Stable stable, Selection selection) {
    return new OwnedRun(
        stable, new ProcessIdentity("here", 1, ProcessIdentity.mine().started() + "0"), selection);
  }

  @Override
  public void close() {
    database.close();
  }
}
