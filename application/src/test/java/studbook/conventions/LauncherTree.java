package studbook.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code studbook} in a tree of its own. Maven and the JDKs are stand-ins: scripts
 * that say how they were called.
 */
abstract class LauncherTree {

  static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "locale",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sleep",
          "tail",
          "touch",
          "tr");

  /** Prints how it was called; with the argument {@code wait}, waits for a signal; exits with 7. */
  static final String JAVA =
      """
      #!/bin/bash
      [ "${!#}" != -version ] || exit 0
      echo "pid $$ in $PWD"
      echo "$0 $*"
      if [ "${!#}" = wait ]; then
        trap 'echo "got TERM"; exit 9' TERM
        echo ready
        while :; do read -r -t 1 <> <(:) || true; done
      fi
      exit 7
      """;

  static final String TELLS_ITS_NAME =
      """
      #!/bin/bash
      [ "${!#}" = -version ] || echo "$STUDBOOK_LAUNCHER"
      """;

  /** Counts its calls, and makes the jar as Maven would. */
  static final String MAVEN =
      """
      #!/bin/bash
      echo "$JAVA_HOME $*" >> maven.calls
      [ ! -e broken ] || { echo "the compiler says no"; exit 1; }
      mkdir -p application/target/lib
      echo jar > application/target/studbook.jar
      echo lib > application/target/lib/some.jar
      """;

  @TempDir Path temporary;

  Path tree;

  Path bin;

  Path jdk;

  final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aTreeThatWasNeverBuilt() throws IOException {
    Path folder = temporary.toRealPath();
    tree = Files.createDirectories(folder.resolve("a tree"));
    bin = Files.createDirectories(folder.resolve("bin"));
    executable(tree.resolve("studbook"), Files.readString(Path.of("studbook")));
    Files.createDirectories(tree.resolve("application/src/main/java"));
    Files.writeString(tree.resolve("application/src/main/java/Some.java"), "class Some {}");
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    Files.writeString(tree.resolve("application/pom.xml"), "<project/>");
    for (String tool : TOOLS) {
      provide(tool);
    }
    executable(bin.resolve("mvn"), MAVEN);
    jdk = jdk("jdk-25", "25.0.3");
    environment.put("PATH", bin.toString());
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", jdk.toString());
  }

  record Ended(int exitCode, String output, String error) {}

  Ended run(String... arguments) throws Exception {
    return end(start(tree, command(arguments)));
  }

  List<String> command(String... arguments) {
    return Stream.concat(Stream.of(tree.resolve("studbook").toString()), Stream.of(arguments))
        .toList();
  }

  Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Ended end(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output, error);
  }

  List<String> builds() throws IOException {
    return Files.readAllLines(tree.resolve("maven.calls"));
  }

  List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(tree.resolve("target"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("app-[0-9]+-[0-9]+"))
          .toList();
    }
  }

  Path jdk(String name, String version) throws IOException {
    Path folder = bin.resolveSibling(name);
    Files.createDirectories(folder.resolve("bin"));
    executable(folder.resolve("bin/java"), JAVA);
    executable(folder.resolve("bin/javac"), "#!/bin/bash\n");
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return folder;
  }

  void provide(String tool) throws IOException {
    Optional<Path> found = found(tool);
    if (found.isPresent()) {
      executable(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(found.get()));
    }
  }

  static Optional<Path> found(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
