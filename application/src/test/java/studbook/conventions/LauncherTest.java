package studbook.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the launcher runs, and how it finds it. */
class LauncherTest extends LauncherTree {

  @Test
  void worksFromAnotherFolderAndThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectories(tree.resolveSibling("elsewhere"));
    Path inner = Files.createSymbolicLink(elsewhere.resolve("inner"), tree.resolve("studbook"));
    Path outer = Files.createSymbolicLink(bin.resolve("sb"), bin.relativize(inner));
    Ended ended = end(start(elsewhere, List.of(outer.toString(), "status")));
    assertThat(ended.output())
        .contains(" in " + elsewhere + "\n")
        .contains("/a tree/target/app-")
        .contains("status");
  }

  @Test
  void anOldJdkInJavaHomeIsPassedOverForTheOneOnThePath() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    assertThat(run().output()).contains(jdk + "/bin/java ");
  }

  @Test
  void aJdkInOneOfTheUsualFoldersIsFound() throws Exception {
    Path usual = jdk(".jdks/some-26", "26");
    environment.remove("JAVA_HOME");
    withoutTheMachinesJdks();
    assertThat(run().output()).contains(usual + "/bin/java ");
  }

  @Test
  void aJdkWithoutAReleaseFileReportsItsVersion() throws Exception {
    Files.delete(jdk.resolve("release"));
    executable(
        jdk.resolve("bin/java"),
        """
        #!/bin/bash
        [ "$1" != -version ] || { echo 'openjdk version "25-ea"' >&2; exit; }
        echo ran
        """);
    assertThat(run().output()).isEqualTo("ran\n");
  }

  @Test
  void withoutAJdkItSaysInOneSentenceWhatToInstall() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
    withoutTheMachinesJdks();
    Ended ended = run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error().lines())
        .singleElement()
        .asString()
        .startsWith("studbook: Studbook needs JDK 25 or newer");
  }

  @Test
  void withoutMavenItSaysSoInOneSentence() throws Exception {
    Files.delete(bin.resolve("mvn"));
    Ended ended = run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.error().lines()).singleElement().asString().contains("Maven was not found");
  }

  @Test
  void javaTakesTheLaunchersPlaceSoThatASignalReachesIt() throws Exception {
    run();
    Process launched = start(tree, command("wait"));
    try (var output = launched.inputReader(UTF_8)) {
      assertThat(output.readLine()).startsWith("pid " + launched.pid() + " ");
      output.readLine();
      assertThat(output.readLine()).isEqualTo("ready");
      launched.toHandle().destroy();
      assertThat(output.readLine()).isEqualTo("got TERM");
    }
    assertThat(launched.waitFor()).isEqualTo(9);
  }

  @Test
  void aTreeWithoutSourcesJustRuns() throws Exception {
    try (Stream<Path> walk = Files.walk(tree.resolve("application/src"))) {
      for (Path path : walk.toList().reversed()) {
        Files.delete(path);
      }
    }
    Files.delete(bin.resolve("mvn"));
    Files.writeString(tree.resolve("studbook.jar"), "jar");
    environment.put("STUDBOOK_JAVA_OPTS", "-Xmx1g -Da=b");
    Ended ended = run("demo");
    assertThat(ended.output())
        .contains("-XX:+UseSerialGC")
        .contains("-Xmx1g -Da=b -jar " + tree + "/studbook.jar demo");
    assertThat(ended.error()).isEmpty();
  }

  @Test
  void aServiceHasASmallHeapAndPedigreesALargeOne() throws Exception {
    assertThat(run("serve", "--home", "x").output()).contains("-Xmx256m -Xms16m -Xmn8m ");
    assertThat(run("pedigree", "check").output()).contains("-Xmx1g ").doesNotContain("-Xmx256m");
    assertThat(run("status").output()).contains("-Xmx256m -XX:+UseSerialGC");
  }

  @Test
  void onlyTheInbreedingOfAllHorsesIsOptimised() throws Exception {
    assertThat(run("status").output()).contains(" -XX:TieredStopAtLevel=1 ");
    assertThat(run("serve", "--home", "x").output()).contains(" -XX:TieredStopAtLevel=1 ");
    assertThat(run("pedigree", "check").output()).contains(" -XX:TieredStopAtLevel=1 ");
    assertThat(run("pedigree", "inbreeding", "--all").output())
        .contains("-Xmx1g ")
        .doesNotContain("Tiered");
  }

  /** The launcher's own list of folders, without those of the machine that the test runs on. */
  private void withoutTheMachinesJdks() throws IOException {
    Path launcher = tree.resolve("studbook");
    executable(
        launcher,
        Files.readString(launcher)
            .replace(" /usr/lib/jvm/*", "")
            .replace("/Library/Java/", "/nonexistent/")
            .replace("/opt/*jdk*", ""));
  }
}
