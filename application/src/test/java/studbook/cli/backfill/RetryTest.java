package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.model.PauseCause;
import studbook.simulator.fault.FaultProfile;

/** A new run of the horses that failed in the last one. */
class RetryTest {

  @TempDir Path folder;

  private BackfillFixture withFailures() throws Exception {
    BackfillFixture fixture =
        new BackfillFixture(40, folder).imported().failEveryThird("500:0.5,html:0.5");
    Result first = fixture.cli.run("backfill", "--rate", "unlimited");
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out()).contains("request them again", "(`studbook retry`)");
    return fixture;
  }

  private static Result retry(BackfillFixture fixture, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "retry";
    arguments[1] = "--rate";
    arguments[2] = "unlimited";
    System.arraycopy(options, 0, arguments, 3, options.length);
    return fixture.cli.run(arguments);
  }

  @Test
  void requestsFailedHorsesInANewRun() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      long failed = fixture.in("failed");
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(fixture.cli.typing("no\n").run("retry").out())
          .contains("Start? (yes/no)", "Not started.");

      Result result = retry(fixture, "--non-interactive");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("Run 2 started: " + failed + " horses.", "Run 2 is finished.");
      assertThat(fixture.count("SELECT retry_of_run_id FROM studbook.run WHERE run_id = 2"))
          .isEqualTo(1);
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.cli.run("runs", "--json").out()).contains("\"retry_of_run_id\" : 1");

      Result again = retry(fixture);
      assertThat(again.code()).isZero();
      assertThat(again.out()).contains("Nothing to do: run 2 has no failed horses left.");
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isEqualTo(2);
    }
  }

  @Test
  void oneKindAtATimeReachesAll() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      long server =
          fixture.count(
              "SELECT count(*) FROM studbook.work_item WHERE error_kind = 'server_error'");
      long malformed =
          fixture.count("SELECT count(*) FROM studbook.work_item WHERE error_kind = 'malformed'");
      assertThat(server).isPositive();
      assertThat(malformed).isPositive();
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(retry(fixture, "--kind", "timeout").out())
          .contains("run 1 has no failed horses left of kind timeout");
      assertThat(retry(fixture, "--kind", "malformed").out())
          .contains("Run 2 started: %d horse".formatted(malformed));
      assertThat(retry(fixture).out()).contains("Run 3 started: %d horse".formatted(server));
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void namedHorsesAloneAreRetried() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      List<String> failed =
          fixture.list(
              "SELECT horse_id FROM studbook.work_item WHERE state = 'failed' ORDER BY horse_id LIMIT 2");
      String enriched =
          fixture
              .list("SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched'")
              .getFirst();
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(retry(fixture, "--horse", enriched).out())
          .contains("run 1 has no failed horses left among the named horses");
      assertThat(retry(fixture, "--horse", "hrs_1,x").err())
          .contains("--horse must be a horse id (hrs_ and digits), not x");

      Result result = retry(fixture, "--horse", String.join(",", failed), "--horse", enriched);

      assertThat(result.out())
          .contains("1 of the named horses has nothing to retry.", "Run 2 started: 2 horses.");
      assertThat(
              fixture.list(
                  "SELECT horse_id FROM studbook.work_item WHERE run_id = 2 ORDER BY horse_id"))
          .isEqualTo(failed);
      assertThat(fixture.in("failed")).as("left to a later retry").isGreaterThan(2);
      assertThat(retry(fixture).out()).contains("Run 3 started: ");
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void anEarlierRunCanBeNamedUntilItWasRetried() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      long failed = fixture.in("failed");
      fixture.simulator.setFaults(FaultProfile.NONE);
      fixture.sql("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'Another')");
      Path ids = Files.writeString(folder.resolve("ids.txt"), "hrs_1");
      fixture.cli.run("backfill", "--rate", "unlimited", "--ids-file", ids.toString());
      assertThat(retry(fixture).out()).contains("run 2 has no failed horses left");

      assertThat(retry(fixture, "--run", "1").out())
          .contains("Run 3 started: %d horse".formatted(failed));

      assertThat(fixture.count("SELECT retry_of_run_id FROM studbook.run WHERE run_id = 3"))
          .isEqualTo(1);
      assertThat(retry(fixture, "--run", "1"))
          .isEqualTo(
              new Result(
                  2,
                  "",
                  "studbook: run 1 was already retried, last in run 3: `studbook retry --run 3`"
                      + " retries what still fails\n"));
      assertThat(retry(fixture, "--run", "9").err()).contains("there is no run 9");
    }
  }

  @Test
  void completedHorsesAreIncludedOnRequest() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      long completed = fixture.in("no_dob") + fixture.in("basic") + fixture.in("not_found");
      assertThat(completed).isPositive();
      assertThat(retry(fixture).out()).contains("Nothing to do");
      assertThat(retry(fixture, "--include-completed").out())
          .contains("Run 2 started: %d horse".formatted(completed));
    }
  }

  @Test
  void isRefusedWhereThereIsNothingToRetry() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(10, folder).imported()) {
      Result none = retry(fixture);
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains("there is no run yet: `studbook backfill` starts the first");
      try (PlannedRunFixture running = PlannedRunFixture.alive(fixture)) {
        Result taken = retry(fixture);
        assertThat(taken.code()).isEqualTo(2);
        assertThat(taken.err()).contains("run 1 is already active on host");
        running.runStates.pause(
            1, running.owner, PauseCause.DATABASE, "the database is away", Optional.empty());
        assertThat(retry(fixture).err()).contains("run 1 is already active on host");
        running.runStates.leave(1, running.owner, Optional.empty(), "stopped by a signal");
      }
      Result stopped = retry(fixture);
      assertThat(stopped.code()).isEqualTo(2);
      assertThat(stopped.err())
          .contains("run 1 is not finished: `studbook backfill --resume` continues it");
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
    }
  }
}
