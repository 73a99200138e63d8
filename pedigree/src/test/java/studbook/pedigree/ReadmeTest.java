package studbook.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in README.md print what it says, when Java compiles and runs them. */
class ReadmeTest {

  private static final Path README = Path.of("pedigree", "README.md");

  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

  private static final Pattern FILE = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExamplesPrintWhatIsBesideThem(@TempDir Path folder) throws Exception {
    String readme = Files.readString(README);
    Files.writeString(
        folder.resolve("horses.csv"),
        FILE.matcher(readme).results().findFirst().orElseThrow().group(1));
    var examples = EXAMPLE.matcher(readme).results().toList();

    assertThat(examples).hasSize(3);
    for (var example : examples) {
      assertThat(output(folder, example.group(1))).isEqualTo(example.group(2));
    }
  }

  private static String output(Path folder, String source)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("Example.java"), source);
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classes().toString(),
                    "Example.java"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (var out = java.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      java.waitFor();
      return output.replace("\r\n", "\n");
    }
  }

  /** Where the library is, and nothing else: it needs no other. */
  private static Path classes() {
    try {
      return Path.of(ParentLinks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
