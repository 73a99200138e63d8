package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import studbook.store.run.ProcessIdentity;

class HostNameTest {

  @Test
  void isLookedUpOnceHoweverOftenItIsCompared() {
    AtomicInteger lookups = new AtomicInteger();
    HostName host = new HostName(() -> "host" + lookups.incrementAndGet());
    for (int beat = 0; beat < 10; beat++) {
      assertThat(host.get()).isEqualTo("host1");
    }
    assertThat(lookups).hasValue(1);
  }

  /** No resolver is asked: a host whose name does not resolve has a name all the same. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void isTheKernelsOnLinux() throws Exception {
    String kernels = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    assertThat(ProcessIdentity.mine().host()).isEqualTo(kernels);
  }
}
