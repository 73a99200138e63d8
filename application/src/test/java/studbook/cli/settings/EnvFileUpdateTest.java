package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileUpdateTest {

  @TempDir Path folder;

  @Test
  void otherLinesStayAndAnEarlierEntryBecomesAComment() {
    String before =
        """
        # mine
        export A=1 # old
        B='two
        lines'
        A=2
        C=3\
        """;

    assertThat(EnvFileUpdate.merged(before, Map.of("A", "x y")))
        .isEqualTo(
            """
            # mine
            # export A=1 # old
            B='two
            lines'
            # A=2
            A='x y'
            C=3\
            """);
    assertThat(EnvFileUpdate.merged(before, Map.of("B", "4")))
        .contains("# B='two\n# lines'\nB=4\nA=2\nC=3");
    assertThat(EnvFileUpdate.merged(before, Map.of("D", "5")))
        .startsWith(before + "\n")
        .endsWith("\nD=5\n");
  }

  @Test
  void theSameValuesChangeNothing() {
    String text = "A=1\r\nB=\"2\"\r\n";

    assertThat(EnvFileUpdate.merged(text, Map.of("A", "1", "B", "2"))).isEqualTo(text);
    assertThat(EnvFileUpdate.merged(text, Map.of("A", "3")))
        .isEqualTo("# A=1\r\nA=3\r\nB=\"2\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a b",
        "it's",
        "say \"no\"",
        "$HOME`x`",
        "#4711",
        "p#1",
        "a'b\"c",
        "grün"
      })
  void everyValueIsReadAgain(String value) {
    String text = EnvFileUpdate.merged("Z=1\n", Map.of("A", value));

    assertThat(EnvFile.parse("", text).values()).containsEntry("A", value).containsEntry("Z", "1");
    assertThat(EnvFile.parse("", text).mistakes()).isEmpty();
  }

  @Test
  void aValueThatCannotBeWrittenIsRefusedByName() {
    assertThatThrownBy(() -> EnvFileUpdate.merged("", Map.of("A", "'a' \"b\" #c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A has a value")
        .hasMessageNotContaining("#c");
  }

  @Test
  void onlyItsOwnerReadsTheFileAndALinkStays() throws Exception {
    Path target = Files.writeString(folder.resolve("shared.env"), "B=2\n");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = Files.createSymbolicLink(folder.resolve(".env.local"), target);

    assertThat(new EnvFileUpdate(link).set(Map.of("A", "1"))).isTrue();
    assertThat(new EnvFileUpdate(link).set(Map.of("A", "1"))).isFalse();

    assertThat(link).isSymbolicLink();
    assertThat(target).content().contains("B=2\n", "A=1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }
}
