package studbook.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts and units of the package. Without the tool that checks them a test is skipped. */
class PackagingTest {

  private static final Path PACKAGING = Path.of("packaging");
  private static final double MOST_EXPOSED = 2.5;
  private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level .*: ([0-9.]+)");

  @Test
  void shellcheckAcceptsTheScripts() throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("shellcheck")));
    try (Stream<Path> files = Files.walk(PACKAGING)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).startsWith("#!")) {
          command.add(file.toString());
        }
      }
    }
    assertThat(command).hasSizeGreaterThan(5);
    assertThat(output(command)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"studbook.service", "studbook-worker@.service"})
  void unitsLeaveLittleExposed(String unit) throws Exception {
    String file = PACKAGING.resolve("systemd").resolve(unit).toString();
    String report =
        output(List.of(tool("systemd-analyze"), "security", "--offline=yes", "--no-pager", file));
    Matcher exposure = EXPOSURE.matcher(report);
    assertThat(exposure.find()).as(report).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(MOST_EXPOSED);
    assertThat(report).doesNotContain("Unknown key", "ignoring");
  }

  private static String tool(String name) {
    var found = LauncherTree.found(name);
    assumeTrue(found.isPresent(), name);
    return found.orElseThrow().toString();
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
