package studbook.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and what a build leaves alone. */
class LauncherBuildTest extends LauncherTree {

  @Test
  void buildsOnceThenRunsJavaWithTheArgumentsAndItsExitCode() throws Exception {
    Ended first = run("plan", "two words", "*");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(first.error())
        .isEqualTo("studbook: Building Studbook (first use, about a minute)…\n");
    assertThat(first.output())
        .contains(jdk + "/bin/java ")
        .containsPattern(
            "-jar .*/a tree/target/app-[0-9]+-[0-9]+/studbook.jar plan two words \\*\n");
    Ended second = run();
    assertThat(second.error()).isEmpty();
    assertThat(second.exitCode()).isEqualTo(7);
    assertThat(builds()).containsExactly(jdk + " -q -B -DskipTests package");
  }

  @Test
  void aNewerOrDeletedSourceTriggersABuild() throws Exception {
    run();
    touch(tree.resolve("application/src/main/java/Some.java"));
    assertThat(run().error()).contains("sources have changed");
    touch(tree.resolve("pom.xml"));
    run();
    assertThat(builds()).hasSize(3);
    Path current = tree.resolve("target/app-current");
    Files.setLastModifiedTime(
        current, FileTime.from(Files.getLastModifiedTime(current).toInstant().minusSeconds(5)));
    backdateTheSources();
    run();
    assertThat(builds()).hasSize(3);
    Files.delete(tree.resolve("application/src/main/java/Some.java"));
    run();
    assertThat(builds()).hasSize(4);
  }

  @Test
  void aSourceDatedInTheFutureTriggersOneBuild() throws Exception {
    Files.setLastModifiedTime(
        tree.resolve("application/src/main/java/Some.java"),
        FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    run();
    assertThat(run().error()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void whatMavenHasJustMadeIsTaken() throws Exception {
    Path target = Files.createDirectories(tree.resolve("application/target"));
    Files.createDirectories(target.resolve("lib"));
    Files.writeString(target.resolve("studbook.jar"), "jar");
    Ended ended = run("plan");
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.output()).containsPattern("/target/app-[0-9]+-[0-9]+/studbook.jar plan");
    assertThat(tree.resolve("maven.calls")).doesNotExist();
  }

  @Test
  void aBuildThatFailsShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
    Files.writeString(tree.resolve("broken"), "");
    Ended ended = run();
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error()).contains("the compiler says no").contains("target/build.log");
    Files.delete(tree.resolve("broken"));
    assertThat(run().exitCode()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void launchesAtOnceBuildOnce(boolean withFlock) throws Exception {
    if (withFlock) {
      assumeThat(found("flock")).isPresent();
      provide("flock");
    }
    List<Process> launches =
        List.of(start(tree, command()), start(tree, command()), start(tree, command()));
    for (Process launch : launches) {
      assertThat(end(launch).exitCode()).isEqualTo(7);
    }
    assertThat(builds()).hasSize(1);
    assertThat(tree.resolve("target/app-lock.d")).doesNotExist();
  }

  @Test
  void aDeadLaunchersLockDoesNotBlock() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(tree.resolve("target/app-lock.d"));
    Files.writeString(tree.resolve("target/app-lock.d/pid"), gone.pid() + "\n");
    assertThat(run().exitCode()).isEqualTo(7);
  }

  @Test
  void aRebuildLeavesTheJarThatAProcessRunsFrom() throws Exception {
    run();
    Process running = start(tree, command("wait"));
    try (var output = running.inputReader(UTF_8)) {
      output.readLine();
      String itsFolder = output.readLine().replaceAll(".*(app-[0-9-]+)/studbook.jar.*", "$1");
      output.readLine();
      for (int i = 0; i < 4; i++) {
        touch(tree.resolve("pom.xml"));
        run();
      }
      assertThat(builds()).hasSize(5);
      assertThat(copies()).hasSize(3).contains(itsFolder);
    } finally {
      running.destroy();
      running.waitFor();
    }
    touch(tree.resolve("pom.xml"));
    run();
    assertThat(copies()).hasSize(2);
  }

  /** Newer than anything built so far, whatever the grain of the file system's times. */
  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private void backdateTheSources() throws IOException {
    try (Stream<Path> walk = Files.walk(tree.resolve("application/src"))) {
      for (Path path : walk.toList()) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(0));
      }
    }
    Files.setLastModifiedTime(tree.resolve("pom.xml"), FileTime.fromMillis(0));
  }
}
