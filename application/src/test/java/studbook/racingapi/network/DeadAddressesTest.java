package studbook.racingapi.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadAddressesTest {

  private final AtomicLong now = new AtomicLong();
  private final DeadAddresses dead = new DeadAddresses(now::get);

  private static InetAddress address(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
  }

  @Test
  void aDeadAddressComesLastForItsHostUntilItExpires() throws Exception {
    List<InetAddress> all = List.of(address(1), address(2), address(3));
    dead.add("api.example", List.of(address(1)));
    assertThat(dead.last("API.example", all)).containsExactly(address(2), address(3), address(1));
    assertThat(dead.last("other.example", all)).isEqualTo(all);
    now.addAndGet(DeadAddresses.FORGOTTEN.toNanos() - 1);
    assertThat(dead.last("api.example", all)).endsWith(address(1));
    now.incrementAndGet();
    assertThat(dead.last("api.example", all)).isEqualTo(all);
  }
}
