package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {

  @TempDir private Path folder;

  private EnvFile read(String text) throws IOException {
    Path file = folder.resolve(".env");
    Files.writeString(file, text);
    return EnvFile.read(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=plain | plain",
        "A = spaced out  | spaced out",
        "export A=1 | 1",
        "A= | ``",
        "A=x=y=z | x=y=z",
        "A=pa#ss | pa#ss",
        "A=pass # a comment | pass",
        "A= # only a comment | ``",
        "A=\"pa # ss\" | pa # ss",
        "A='$HOME\\n' # why | $HOME\\n",
        "A=it's | it's",
        "A=a$B${C} | a$B${C}",
      })
  void readsAValueUnchanged(String line, String value) throws IOException {
    EnvFile file = read(line);

    assertThat(file.values()).isEqualTo(Map.of("A", value));
    assertThat(file.mistakes()).isEmpty();
  }

  @Test
  void takesMarksCarriageReturnsCommentsAndValuesOverSeveralLines() throws IOException {
    EnvFile file = read("\uFEFFA=1\r\n\r\n  # no\r\nKEY=\"one\r\ntwo\"\r\nA=2\r\nB=3");
    assertThat(file.mistakes()).isEmpty();
    assertThat(file.values()).containsEntry("A", "2").containsEntry("B", "3");
    assertThat(file.values().get("KEY")).isEqualTo("one\ntwo");
  }

  @Test
  void namesTheLineOfAMistakeAndReadsOn() throws IOException {
    EnvFile file = read("A=1\nno entry\nB=\"x\"y\nC='open\nD=4\n");
    assertThat(file.mistakes())
        .containsExactly(
            ".env line 2 should read NAME=value",
            ".env line 3 has text behind the closing quotation mark",
            ".env line 4 opens a quotation mark that is never closed");
    assertThat(file.values()).containsOnly(Map.entry("A", "1"), Map.entry("D", "4"));
  }

  @Test
  void aFileThatIsMissingIsEmptyAndOneThatCannotBeReadIsAMistake() throws IOException {
    assertThat(EnvFile.read(folder.resolve(".env")))
        .isEqualTo(new EnvFile(Map.of(), java.util.List.of(), java.util.List.of()));
    Files.createDirectory(folder.resolve(".env"));
    assertThat(EnvFile.read(folder.resolve(".env")).mistakes())
        .containsExactly(".env is there but cannot be read");
    Files.write(folder.resolve(".env.local"), "A=é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(EnvFile.read(folder.resolve(".env.local")).mistakes())
        .containsExactly(".env.local is not UTF-8 text");
  }
}
