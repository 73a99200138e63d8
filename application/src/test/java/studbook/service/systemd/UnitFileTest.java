package studbook.service.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/studbook.service, which operators copy. */
class UnitFileTest {

  private static final Path UNIT = Path.of("docs", "studbook.service");
  private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;

  @Test
  void systemdAcceptsTheUnit() throws Exception {
    assumeTrue(Files.isExecutable(VERIFIER), "systemd-analyze is not installed");
    Files.createFile(folder.resolve("studbook")).toFile().setExecutable(true);
    Path unit = folder.resolve("studbook.service");
    Files.writeString(unit, Files.readString(UNIT).replace("/srv/studbook", folder.toString()));
    Process verifier =
        new ProcessBuilder(VERIFIER.toString(), "verify", "--man=no", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(verifier.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains("studbook.service"))).isEmpty();
  }

  @Test
  void theUnitNotifiesReloadsAndIsWatched() throws Exception {
    assertThat(Files.readString(UNIT))
        .contains("Type=notify\n", "WatchdogSec=", "ExecReload=/bin/kill -HUP $MAINPID");
  }
}
