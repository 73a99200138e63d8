package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings files of the package are valid, with all of their examples, too. */
class PackagedSettingsTest {

  private static final Path ETC = Path.of("packaging", "etc");

  @TempDir private Path folder;

  private Settings load(boolean examples) throws IOException {
    copy("studbook.toml", "studbook.toml", examples);
    String secrets = copy("credentials.env", ".env", examples);
    assertThat(secrets).contains("STUDBOOK_CONFIG=/etc/studbook/studbook.toml");
    Files.writeString(folder.resolve(".env"), secrets.replace("/etc/studbook/", folder + "/"));
    return new SettingsLoader(Map.of(), folder).load(Map.of(), Set.of(Requirement.DATABASE));
  }

  /** Examples are the comments without a space behind the mark. */
  private String copy(String from, String to, boolean examples) throws IOException {
    String text = Files.readString(ETC.resolve(from));
    assertThat(text).containsPattern("(?m)^#\\w");
    String copy = examples ? text.replaceAll("(?m)^#(?=[\\w\\[])", "") : text;
    Files.writeString(folder.resolve(to), copy);
    return copy;
  }

  @Test
  void filesAreValidAsInstalled() throws Exception {
    Settings settings = load(false);
    assertThat(settings.home()).isEqualTo(Path.of("/var/lib/studbook"));
    assertThat(settings.database()).isEmpty();
  }

  @Test
  void theirExamplesAreValid() throws Exception {
    assertThat(load(true).database()).isPresent();
  }
}
