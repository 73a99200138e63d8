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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.OtherUser;

/** A home that root and its owner use alternately; a user id without a name. */
class UserIdTest {

  @TempDir Path folder;

  private CliRunner cli;

  @BeforeEach
  void terminal() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    cli = new CliRunner(folder);
  }

  private Result as(List<String> before, String... arguments) throws Exception {
    Process process = cli.startBehind(before, "", arguments);
    assertThat(process.waitFor(90, SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", OtherUser.DAEMON);
    Files.setAttribute(path, "unix:gid", OtherUser.DAEMON);
  }

  private static List<Path> notOfDaemon(Path home) throws IOException {
    List<Path> others = new ArrayList<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        for (String attribute : List.of("unix:uid", "unix:gid")) {
          Object number = Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
          if (!number.equals(OtherUser.DAEMON)) {
            others.add(path);
          }
        }
      }
    }
    return others;
  }

  /** The last commands fail if a file or the database has got another owner. */
  @Test
  void rootLeavesAHomeAndItsDatabaseToTheOwnerOfTheFolder() throws Exception {
    List<String> daemon = OtherUser.daemon();
    try (BackfillFixture fixture = new BackfillFixture(4, folder).failEveryThird("500:1")) {
      give(folder);
      cli = new CliRunner(folder).asking(fixture.simulator);
      Path horses = Files.writeString(folder.resolve("horses.csv"), csv(fixture));
      assertThat(cli.run("import", horses.toString()).code()).isZero();
      assertThat(notOfDaemon(cli.home())).isEmpty();

      Result backfill = as(daemon, "backfill", "--rate", "unlimited", "--non-interactive");
      assertThat(backfill.code()).as(backfill.err()).isEqualTo(1);

      assertThat(cli.run("retry", "--rate", "unlimited").code()).isEqualTo(1);
      Path out = cli.home().resolve("horses.csv");
      assertThat(cli.run("export", "horses", out.toString()).code()).isZero();
      assertThat(cli.home().resolve("logs/failed_horse_ids.txt")).exists();
      assertThat(notOfDaemon(cli.home())).isEmpty();

      Result status = as(daemon, "status");
      assertThat(status.code()).as(status.err()).isZero();
    }
  }

  private static String csv(BackfillFixture fixture) {
    StringBuilder csv = new StringBuilder("horse_id,name\n");
    fixture
        .population
        .horses()
        .forEach(horse -> csv.append(horse.id()).append(",\"").append(horse.name()).append("\"\n"));
    return csv.toString();
  }

  @Test
  void aUserIdWithoutANameGetsInstructions() throws Exception {
    Result status = as(OtherUser.nameless(), "status");
    assertThat(status.code()).as(status.out()).isEqualTo(2);
    assertThat(status.err())
        .contains(
            "a user ID with a name", "54321", "set DATABASE_URL", "/etc/passwd", "nss_wrapper")
        .doesNotContain("Exception", "Creating the embedded")
        .hasLineCount(1);
    assertThat(cli.home().resolve("postgres/data")).doesNotExist();
  }
}
