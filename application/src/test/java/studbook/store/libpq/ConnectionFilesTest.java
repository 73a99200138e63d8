package studbook.store.libpq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that libpq reads, in its format. */
class ConnectionFilesTest {

  @TempDir private Path folder;

  private Path file(String text, String mode) throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h:5432:db:ann:pw | pw",
        "*:*:*:ann:pw | pw",
        "*:*:*:*:pw | pw",
        "h:5432:db:ann:p\\:w\\\\ | p:w\\",
        "h:5432:db:ann:pw:rest | pw",
        "h:5433:db:ann:pw | ",
        "other:*:*:*:pw | ",
        "#*:*:*:*:pw | ",
        "h:5432:db:pw | ",
        "\\*:*:*:*:pw | ",
      })
  void aLineFitsAsInLibpq(String line, String password) throws IOException {
    Path file = file("nonsense\n" + line + "\n", "rw-------");
    assertThat(new PasswordFile(file).password("h", "5432", "db", "ann"))
        .isEqualTo(Optional.ofNullable(password));
  }

  @Test
  void theFirstLineThatFitsCounts() throws IOException {
    Path file = file("h:*:*:*:first\n*:*:*:*:second\n", "rw-------");
    assertThat(new PasswordFile(file).password("h", "1", "db", "ann")).contains("first");
    assertThat(new PasswordFile(file).password("[::1]", "1", "db", "ann")).contains("second");
  }

  @ParameterizedTest
  @CsvSource({"rw-------,true", "r--------,true", "rw-r-----,false", "rw----r--,false"})
  void aPasswordFileThatOthersMayReadIsIgnored(String mode, boolean read) throws IOException {
    Path file = file("*:*:*:*:pw\n", mode);
    assertThat(new PasswordFile(file).password("h", "1", "db", "ann").isPresent()).isEqualTo(read);
  }

  @Test
  void aPasswordFileThatIsMissingOrAFolderIsIgnored() {
    assertThat(new PasswordFile(folder).password("h", "1", "db", "ann")).isEmpty();
    Path missing = folder.resolve("missing");
    assertThat(new PasswordFile(missing).password("h", "1", "db", "ann")).isEmpty();
  }

  @Test
  void aServiceHasTheLinesUnderItsName() throws IOException {
    ServiceFile file =
        new ServiceFile(
            file(
                "# ours\nhost=nobody\n[one]\n host=a\nport = 1\n\n#x\npassword=p=w\n[two]\nhost=b\n",
                "rw-r--r--"));
    assertThat(file.definition("one").orElseThrow())
        .containsOnly(Map.entry("host", "a"), Map.entry("port", "1"), Map.entry("password", "p=w"));
    assertThat(file.definition("two").orElseThrow()).containsOnlyKeys("host");
    assertThat(file.definition("three")).isEmpty();
    assertThat(new ServiceFile(folder.resolve("missing")).definition("one")).isEmpty();
  }

  @Test
  void aLineOfAServiceThatIsNoneIsNamedByItsNumber() throws IOException {
    ServiceFile file = new ServiceFile(file("[one]\ns3cret\n[two]\nservice=one\n", "rw-------"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.definition("one"))
        .withMessageContaining("line 2")
        .withMessageNotContaining("s3cret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.definition("two"))
        .withMessageContaining("line 4");
  }
}
