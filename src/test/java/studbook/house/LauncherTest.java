package studbook.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher {@code studbook} in a tree of its own. Maven and the JDKs are stand-ins: scripts
 * that say how they were called.
 */
class LauncherTest {

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sleep",
          "tail",
          "tr");

  /** Prints how it was called; with the argument {@code wait}, waits for a signal; exits with 7. */
  private static final String JAVA =
      """
      #!/bin/bash
      echo "pid $$ in $PWD"
      echo "$0 $*"
      if [ "${!#}" = wait ]; then
        trap 'echo "got TERM"; exit 9' TERM
        echo ready
        while :; do read -r -t 1 <> <(:) || true; done
      fi
      exit 7
      """;

  /** Makes the cache that it is told to, and says how it was called. */
  private static final String TRAINABLE =
      """
      #!/bin/bash
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*)
            echo "$PWD $*" >> "$PWD/../java.trained"
            [ -z "${DATABASE_URL:-}" ] || exit 5
            mkdir training
            echo "Temporary AOTConfiguration recorded"
            echo "[warning][aot] Skipping" >&2
            echo cache > "${argument#*=}"
            exit ;;
        esac
      done
      echo "$*"
      """;

  /** Counts its calls, and makes the jar as Maven would. */
  private static final String MAVEN =
      """
      #!/bin/bash
      echo "$JAVA_HOME $*" >> maven.calls
      [ ! -e broken ] || { echo "the compiler says no"; exit 1; }
      mkdir -p target/lib
      echo jar > target/studbook.jar
      echo lib > target/lib/some.jar
      """;

  @TempDir Path temporary;

  private Path tree;
  private Path bin;
  private Path jdk;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aTreeThatWasNeverBuilt() throws IOException {
    Path folder = temporary.toRealPath();
    tree = Files.createDirectories(folder.resolve("a tree"));
    bin = Files.createDirectories(folder.resolve("bin"));
    executable(tree.resolve("studbook"), Files.readString(Path.of("studbook")));
    Files.createDirectories(tree.resolve("src/main/java"));
    Files.writeString(tree.resolve("src/main/java/Some.java"), "class Some {}");
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    for (String tool : TOOLS) {
      provide(tool);
    }
    executable(bin.resolve("mvn"), MAVEN);
    jdk = jdk("jdk-25", "25.0.3");
    environment.put("PATH", bin.toString());
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", jdk.toString());
  }

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
  void aJdkWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
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
        .startsWith("studbook: Studbook needs a JDK 25 or newer");
  }

  @Test
  void withoutMavenItSaysSoInOneSentence() throws Exception {
    Files.delete(bin.resolve("mvn"));
    Ended ended = run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.error().lines()).singleElement().asString().contains("no Maven");
  }

  @Test
  void aSourceThatIsNewerOrGoneMeansAnotherBuild() throws Exception {
    run();
    touch(tree.resolve("src/main/java/Some.java"));
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
    Files.delete(tree.resolve("src/main/java/Some.java"));
    run();
    assertThat(builds()).hasSize(4);
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
  void aLockOfADeadLauncherHoldsNobodyUp() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(tree.resolve("target/app-lock.d"));
    Files.writeString(tree.resolve("target/app-lock.d/pid"), gone.pid() + "\n");
    assertThat(run().exitCode()).isEqualTo(7);
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

  @Test
  void aTreeWithoutSourcesJustRuns() throws Exception {
    try (Stream<Path> walk = Files.walk(tree.resolve("src"))) {
      for (Path path : walk.toList().reversed()) {
        Files.delete(path);
      }
    }
    Files.delete(bin.resolve("mvn"));
    Files.writeString(tree.resolve("studbook.jar"), "jar");
    environment.put("STUDBOOK_JAVA_OPTS", "-Xmx1g -Da=b");
    Ended ended = run("demo");
    assertThat(ended.output())
        .contains("-Xmx256m")
        .contains("-Xmx1g -Da=b -jar " + tree + "/studbook.jar demo");
    assertThat(ended.error()).isEmpty();
  }

  @Test
  void aBuildTrainsOnceAndEveryStartUsesTheCacheThatCameOfIt() throws Exception {
    executable(jdk.resolve("bin/java"), TRAINABLE);
    environment.put("DATABASE_URL", "postgresql://a.person/database");
    environment.put("STUDBOOK_JAVA_OPTS", "-Da=b");
    Ended first = run("status");
    Path app = tree.resolve("target").resolve(copies().getFirst());
    assertThat(first.output())
        .endsWith(
            "-XX:AOTCache=%s/studbook.aot -Xlog:aot*=off -Da=b -jar %s/studbook.jar status\n"
                .formatted(app, app));
    assertThat(first.error())
        .isEqualTo("studbook: Building Studbook (first use, about a minute)…\n");
    assertThat(run("status").output()).isEqualTo(first.output());
    assertThat(Files.readAllLines(tree.resolve("target/java.trained")))
        .singleElement()
        .asString()
        .startsWith(app + " ")
        .contains("-jar " + app + "/studbook.jar --home " + app + "/training demo")
        .doesNotContain("-Da=b");
    assertThat(app.resolve("training")).doesNotExist();
  }

  @Test
  void withoutACacheItStartsAsIfThereWereNone() throws Exception {
    Ended ended = run("status");
    assertThat(ended.output()).endsWith("studbook.jar status\n").doesNotContain("AOT", "aot");
    assertThat(ended.exitCode()).isEqualTo(7);
  }

  @Test
  void theCacheFitsTheJarAtItsFinalPathAndOneThatDoesNotIsPassedOverInSilence() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    realJar(tree.resolve("some.jar"));
    executable(bin.resolve("mvn"), MAVEN.replace("echo jar > target", "cp some.jar target"));
    environment.put("STUDBOOK_JAVA_OPTS", "-XX:AOTMode=on"); // exits where the cache does not fit
    run("first");
    Ended fitting = run("one", "two");
    assertThat(fitting).isEqualTo(new Ended(0, "[one, two]\n", ""));
    environment.remove("STUDBOOK_JAVA_OPTS");
    Path cache = tree.resolve("target").resolve(copies().getFirst()).resolve("studbook.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), 4_000));
    assertThat(run("one", "two")).isEqualTo(fitting);
    Files.writeString(cache, "no cache");
    assertThat(run("one", "two")).isEqualTo(fitting);
  }

  private record Ended(int exitCode, String output, String error) {}

  private Ended run(String... arguments) throws Exception {
    return end(start(tree, command(arguments)));
  }

  private List<String> command(String... arguments) {
    return Stream.concat(Stream.of(tree.resolve("studbook").toString()), Stream.of(arguments))
        .toList();
  }

  private Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output, error);
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(tree.resolve("maven.calls"));
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(tree.resolve("target"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("app-[0-9]+-[0-9]+"))
          .toList();
    }
  }

  private Path jdk(String name, String version) throws IOException {
    Path folder = bin.resolveSibling(name);
    Files.createDirectories(folder.resolve("bin"));
    executable(folder.resolve("bin/java"), JAVA);
    executable(folder.resolve("bin/javac"), "#!/bin/bash\n");
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return folder;
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

  /** Newer than anything built so far, whatever the grain of the file system's times. */
  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private void backdateTheSources() throws IOException {
    try (Stream<Path> walk = Files.walk(tree.resolve("src"))) {
      for (Path path : walk.toList()) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(0));
      }
    }
    Files.setLastModifiedTime(tree.resolve("pom.xml"), FileTime.fromMillis(0));
  }

  /** A jar whose program prints its arguments. */
  private static void realJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
    String entry = Program.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream compiled = LauncherTest.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.write(Objects.requireNonNull(compiled).readAllBytes());
    }
  }

  /** What the launcher launches where a JDK is real. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println(Arrays.toString(arguments));
    }
  }

  private void provide(String tool) throws IOException {
    Optional<Path> found = found(tool);
    if (found.isPresent()) {
      executable(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(found.get()));
    }
  }

  private static Optional<Path> found(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
