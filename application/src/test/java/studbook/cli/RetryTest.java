package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.CliRunner.Result;
import studbook.model.PauseCause;
import studbook.simulator.fault.FaultProfile;

/** A new run over what failed in the last one. */
class RetryTest {

  @TempDir Path folder;

  private BackfillFixture withFailures() throws Exception {
    BackfillFixture stable =
        new BackfillFixture(40, folder).imported().failEveryThird("500:0.5,html:0.5");
    Result first = stable.terminal.run("backfill", "--rate", "unlimited");
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out()).contains("request them again", "(`studbook retry`)");
    return stable;
  }

  private static Result retry(BackfillFixture stable, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "retry";
    arguments[1] = "--rate";
    arguments[2] = "unlimited";
    System.arraycopy(options, 0, arguments, 3, options.length);
    return stable.terminal.run(arguments);
  }

  @Test
  void requestsFailedHorsesInANewRun() throws Exception {
    try (BackfillFixture stable = withFailures()) {
      long failed = stable.in("failed");
      stable.simulator.behave(FaultProfile.NONE);
      assertThat(stable.terminal.typing("no\n").run("retry").out())
          .contains("Start? (yes/no)", "Not started.");

      Result result = retry(stable, "--non-interactive");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("Run 2 started: " + failed + " horses.", "Run 2 is finished.");
      assertThat(stable.count("SELECT retry_of_run_id FROM studbook.run WHERE run_id = 2"))
          .isEqualTo(1);
      stable.assertThatRowsEqualWhatWasServed();
      assertThat(stable.terminal.run("runs", "--json").out()).contains("\"retry_of_run_id\" : 1");

      Result again = retry(stable);
      assertThat(again.code()).isZero();
      assertThat(again.out()).contains("Nothing to do: run 2 has no failed horses left.");
      assertThat(stable.count("SELECT count(*) FROM studbook.run")).isEqualTo(2);
    }
  }

  @Test
  void oneKindAtATimeReachesAll() throws Exception {
    try (BackfillFixture stable = withFailures()) {
      long server =
          stable.count("SELECT count(*) FROM studbook.work_item WHERE error_kind = 'server_error'");
      long malformed =
          stable.count("SELECT count(*) FROM studbook.work_item WHERE error_kind = 'malformed'");
      assertThat(server).isPositive();
      assertThat(malformed).isPositive();
      stable.simulator.behave(FaultProfile.NONE);
      assertThat(retry(stable, "--kind", "timeout").out())
          .contains("run 1 has no failed horses left of kind timeout");
      assertThat(retry(stable, "--kind", "malformed").out())
          .contains("Run 2 started: %d horse".formatted(malformed));
      assertThat(retry(stable).out()).contains("Run 3 started: %d horse".formatted(server));
      stable.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void anEarlierRunCanBeNamedUntilItWasRetried() throws Exception {
    try (BackfillFixture stable = withFailures()) {
      long failed = stable.in("failed");
      stable.simulator.behave(FaultProfile.NONE);
      stable.sql("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'Another')");
      Path ids = Files.writeString(folder.resolve("ids.txt"), "hrs_1");
      stable.terminal.run("backfill", "--rate", "unlimited", "--ids-file", ids.toString());
      assertThat(retry(stable).out()).contains("run 2 has no failed horses left");

      assertThat(retry(stable, "--run", "1").out())
          .contains("Run 3 started: %d horse".formatted(failed));

      assertThat(stable.count("SELECT retry_of_run_id FROM studbook.run WHERE run_id = 3"))
          .isEqualTo(1);
      assertThat(retry(stable, "--run", "1"))
          .isEqualTo(
              new Result(
                  2,
                  "",
                  "studbook: run 1 was already retried, last in run 3: `studbook retry --run 3`"
                      + " retries what still fails\n"));
      assertThat(retry(stable, "--run", "9").err()).contains("there is no run 9");
    }
  }

  @Test
  void completedHorsesAreIncludedOnRequest() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(300, folder).imported()) {
      stable.terminal.run("backfill", "--rate", "unlimited");
      long settled = stable.in("no_dob") + stable.in("basic") + stable.in("not_found");
      assertThat(settled).isPositive();
      assertThat(retry(stable).out()).contains("Nothing to do");
      assertThat(retry(stable, "--include-completed").out())
          .contains("Run 2 started: %d horse".formatted(settled));
    }
  }

  @Test
  void isRefusedWhereThereIsNothingToRetry() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(10, folder).imported()) {
      Result none = retry(stable);
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains("there is no run yet: `studbook backfill` starts the first");
      try (PlannedRunFixture running = PlannedRunFixture.alive(stable)) {
        Result taken = retry(stable);
        assertThat(taken.code()).isEqualTo(2);
        assertThat(taken.err()).contains("run 1 is already active on host");
        running.control.pause(
            1, running.owner, PauseCause.DATABASE, "the database is away", Optional.empty());
        assertThat(retry(stable).err()).contains("run 1 is already active on host");
        running.control.leave(1, running.owner, Optional.empty(), "stopped by a signal");
      }
      Result stopped = retry(stable);
      assertThat(stopped.code()).isEqualTo(2);
      assertThat(stopped.err())
          .contains("run 1 is not finished: `studbook backfill --resume` continues it");
      assertThat(stable.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
    }
  }
}
