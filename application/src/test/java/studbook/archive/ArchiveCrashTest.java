package studbook.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.cli.fixture.CliRunner;
import studbook.crashtest.CrashPoint;
import studbook.store.TestStore;
import studbook.store.run.RunCounts;

/** kill -9 in the middle of an archive: of a run, that is five files and four commits. */
class ArchiveCrashTest {

  private static final TestStore STORE = TestStore.fresh();

  @TempDir Path folder;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @ParameterizedTest
  @CsvSource({
    "AFTER_ARCHIVE_WRITE:1",
    "AFTER_ARCHIVE_WRITE:5",
    "AFTER_ARCHIVE_MOVE:1",
    "AFTER_ARCHIVE_MOVE:4",
    "AFTER_ARCHIVE_MOVE:5",
    "BEFORE_COMMIT:1",
    "BEFORE_COMMIT:4",
    "AFTER_COMMIT:1",
    "AFTER_COMMIT:4"
  })
  void aRepeatedArchiveLosesAndDoublesNothing(String armed) throws Exception {
    CliRunner cli = new CliRunner(folder).on(STORE.server);
    ArchiveScene scene = new ArchiveScene(STORE, cli.home());
    long run = scene.run("2020-10-05T10:00:00Z", "finished");
    List<String> errors = scene.errorIds();
    List<String> samples = scene.rows("SELECT sample_id::text FROM studbook.run_sample ORDER BY 1");
    List<String> items = scene.rows("SELECT horse_id FROM studbook.work_item ORDER BY horse_id");
    RunCounts counts = STORE.runRepository.counts(run);

    Process process = cli.start("", List.of("-D" + CrashPoint.PROPERTY + "=" + armed), "archive");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(CrashPoint.EXIT_CODE);

    CliRunner.Result repeated = cli.run("archive");
    assertThat(repeated.code()).as(repeated.err()).isZero();
    assertThat(scene.values("errors-2020-10.jsonl.zst", "entry_id")).isEqualTo(errors);
    assertThat(scene.values("samples-2020-10.jsonl.zst", "sample_id")).isEqualTo(samples);
    assertThat(scene.values("events-2020-10.jsonl.zst", "event")).hasSize(3);
    assertThat(scene.values("work-items-2020-10.jsonl.zst", "horse_id")).isEqualTo(items);
    assertThat(scene.values("chunks-2020-10.jsonl.zst", "chunk_no")).hasSize(7);
    assertThat(STORE.runRepository.counts(run)).isEqualTo(counts);
    assertThat(
            STORE.value(
                "SELECT (SELECT count(*) FROM studbook.error) + (SELECT count(*) FROM"
                    + " studbook.run_sample) + (SELECT count(*) FROM studbook.run_event) + (SELECT"
                    + " count(*) FROM studbook.work_item)"))
        .isEqualTo("0");
    assertThat(folder.resolve("studbook-data/archive").toFile().list())
        .noneMatch(name -> name.endsWith(".part"));
  }
}
