package studbook.cli.machine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.support.ExitCode;

/** Only the owner can read the files below STUDBOOK_HOME, whatever the umask. */
class OwnerOnlyTest {

  private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

  @TempDir Path folder;

  @Test
  void aWholeJobLeavesNothingThatAnotherUserCanRead() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(60, folder).imported().failEveryThird("500:1")) {
      run(fixture.cli, "backfill", "--rate", "unlimited");
      Path out = fixture.cli.home().resolve("exported.csv");
      run(fixture.cli, "export", "horses", out.toString());
      run(fixture.cli, "report", "--out", out.resolveSibling("report.html").toString());

      assertThat(names(fixture.cli.home()))
          .contains("backfill_checkpoint.json", "backfill_errors.json", "failed_horse_ids.txt")
          .anyMatch(name -> name.endsWith(".log"))
          .anyMatch(name -> name.startsWith("report_"));
      assertThat(readableByOthers(fixture.cli.home())).isEmpty();
    }
  }

  @Test
  void nothingOfABackfillInTheBackgroundAndOfTheEmbeddedDatabaseEither() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      run(fixture.cli, "backfill", "--rate", "unlimited", "--background");
      awaitItsEnd();
      run(fixture.cli, "demo", "--horses", "5");

      assertThat(names(fixture.cli.home()))
          .contains("start.lock", "server.log", "connection.properties")
          .contains("horses.csv", "backfill_checkpoint.json");
      assertThat(readableByOthers(fixture.cli.home())).isEmpty();
    }
  }

  private void awaitItsEnd() throws Exception {
    Matcher process = PROCESS.matcher(Files.readString(folder.resolve("out.txt")));
    assertThat(process.find()).isTrue();
    Optional<ProcessHandle> backfill = ProcessHandle.of(Long.parseLong(process.group(1)));
    if (backfill.isPresent()) {
      backfill.get().onExit().get(30, SECONDS);
    }
  }

  /** In a separate process whose umask lets everybody read new files. */
  private void run(CliRunner cli, String... arguments) throws Exception {
    Process process = cli.startWithUmask("000", arguments);
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve("err.txt")))
        .isIn(ExitCode.DONE, ExitCode.DONE_WITH_FAILURES);
  }

  private static List<String> names(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Except PostgreSQL's programs, which are public and in a closed folder. */
  private static List<String> readableByOthers(Path home) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.filter(path -> !isProgram(path)).toList()) {
        String mode =
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        String others = mode.substring(3);
        // the user as whom root's PostgreSQL runs may get through its homes
        boolean passage = Files.isDirectory(path) && others.equals("--x--x");
        if (!others.equals("------") && !(passage && isHome(path))) {
          found.add(mode + " " + path);
        }
      }
    }
    return found;
  }

  private static boolean isProgram(Path path) {
    return path.toString().contains("/postgres/bin-");
  }

  private static boolean isHome(Path path) {
    return (Files.isDirectory(path.resolve("logs")) || path.endsWith("postgres"))
        && System.getProperty("user.name").equals("root");
  }
}
