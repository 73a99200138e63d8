package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.AncestorRows;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.crashtest.CrashPoint;
import studbook.simulator.http.SimulatedEndpoint;

/** kill -9 of the requests for ancestors, in the first and in the second generation. */
class AncestorsKillTest {

  private static final int HORSES = 600;
  private static final int OWN = 100;

  /** Known horses that are requested again when the first responses are 404s. */
  private static final int CANARIES = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"BEFORE_COMMIT:1", "AFTER_COMMIT:2", "AFTER_SEND:40"})
  void aResumeRequestsNothingAgainThatWasCommitted(String point) throws Exception {
    continuesAfterAKill(1, point, "backfill", "--resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEFORE_COMMIT:2", "AFTER_SEND:20"})
  void theSecondGenerationIsResumed(String point) throws Exception {
    continuesAfterAKill(2, point, "backfill", "--resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AFTER_COMMIT:1", "AFTER_SEND:40"})
  void aNewStartRequestsNothingAgainThatWasCommitted(String point) throws Exception {
    continuesAfterAKill(1, point, "ancestors", "--generations", "1");
  }

  /** Kills it in a generation; the ones before are requested without a kill. */
  private void continuesAfterAKill(int generation, String point, String... next) throws Exception {
    try (BackfillFixture fixture = AncestorRows.ownHorses(HORSES, OWN, folder)) {
      Set<String> own = AncestorRows.own(fixture);
      Set<String> parents = AncestorRows.parents(fixture, own, own);
      Set<String> known = AncestorRows.union(own, parents);
      Set<String> grandparents = AncestorRows.parents(fixture, parents, known);
      if (generation > 1) {
        assertDone(fixture.cli.run(arguments("ancestors", "--generations", "1")));
      }
      kill(fixture, point);
      Map<String, Integer> committed = requests(fixture);
      assertThat(fixture.list("SELECT state FROM studbook.run ORDER BY run_id DESC LIMIT 1"))
          .containsExactly("running");

      assertDone(fixture.cli.run(arguments(next)));
      assertDone(fixture.cli.run(arguments("ancestors", "--generations", "2")));

      assertThat(AncestorRows.stored(fixture, 1)).isEqualTo(AncestorRows.rows(fixture, parents));
      assertThat(AncestorRows.stored(fixture, 2))
          .isEqualTo(AncestorRows.rows(fixture, grandparents));
      assertThat(askedAgain(committed, requests(fixture)))
          .as("requests for what was committed, beyond canaries")
          .isLessThanOrEqualTo(CANARIES);
      assertThat(
              fixture.list(
                  "SELECT i.state FROM studbook.work_item i JOIN studbook.run r USING (run_id) WHERE r.state = 'finished'"))
          .doesNotContain("pending", "failed");
    }
  }

  private static void kill(BackfillFixture fixture, String point) throws Exception {
    Process process =
        fixture.cli.start(
            "killed",
            List.of("-D%s=%s".formatted(CrashPoint.PROPERTY, point)),
            arguments("ancestors", "--generations", "2"));
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("died there").isEqualTo(CrashPoint.EXIT_CODE);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String[] arguments(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--rate", "unlimited", "--non-interactive"));
    return all.toArray(String[]::new);
  }

  private static int askedAgain(Map<String, Integer> before, Map<String, Integer> after) {
    return before.entrySet().stream()
        .mapToInt(horse -> after.getOrDefault(horse.getKey(), 0) - horse.getValue())
        .sum();
  }

  private static void assertDone(Result result) {
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }

  /** The requests for each ancestor whose outcome is committed. */
  private static Map<String, Integer> requests(BackfillFixture fixture) {
    return fixture.list("SELECT horse_id FROM studbook.ancestor").stream()
        .collect(
            Collectors.toMap(
                horse -> horse,
                horse ->
                    fixture.simulator.statistics().requestCount(SimulatedEndpoint.PRO, horse)
                        + fixture
                            .simulator
                            .statistics()
                            .requestCount(SimulatedEndpoint.STANDARD, horse)));
  }
}
