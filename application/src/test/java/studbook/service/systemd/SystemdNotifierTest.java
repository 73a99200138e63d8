package studbook.service.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.Await;

@EnabledOnOs(OS.LINUX)
class SystemdNotifierTest {

  @TempDir private Path folder;

  @Test
  void tellsItsStateThroughASocketWithAPathOrAnAbstractName() throws Throwable {
    for (String address :
        List.of(folder.resolve("notify").toString(), "@studbook-" + UUID.randomUUID())) {
      NotifySocket socket = new NotifySocket(address);
      SystemdNotifier systemd =
          SystemdNotifier.of(Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "3000000"));
      assertThat(systemd.watchdogInterval()).contains(Duration.ofMillis(1500));
      systemd.ready();
      systemd.alive();
      systemd.reloading(() -> 7_000_000_999L);
      systemd.stopping();
      Await.until("messages at " + address, () -> socket.states().size() == 3);
      assertThat(socket.states())
          .containsExactly("READY=1", "RELOADING=1\nMONOTONIC_USEC=7000000", "STOPPING=1");
      assertThat(socket.alive()).isOne();
    }
  }

  @Test
  void saysNothingWithoutASocketAndSurvivesADeadOne() {
    SystemdNotifier.of(Map.of()).ready();
    assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "3000000")).watchdogInterval()).isEmpty();
    SystemdNotifier.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString())).ready();
    SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).ready();
  }
}
