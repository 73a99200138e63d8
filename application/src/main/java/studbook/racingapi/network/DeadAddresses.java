package studbook.racingapi.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import studbook.time.Ticker;

/**
 * Addresses that recently did not accept a connection while another address of their host did. Each
 * entry expires after five minutes. Safe for many threads.
 */
final class DeadAddresses {

  static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private final Ticker ticker;
  private final ConcurrentMap<HostAddress, Long> since = new ConcurrentHashMap<>();

  private record HostAddress(String host, InetAddress address) {
    static HostAddress of(String host, InetAddress address) {
      return new HostAddress(host.toLowerCase(Locale.ROOT), address);
    }
  }

  DeadAddresses(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Moves these behind the host's other addresses. */
  void add(String host, Collection<InetAddress> addresses) {
    addresses.forEach(address -> since.put(HostAddress.of(host, address), ticker.nanos()));
  }

  /** The addresses of a host in their order, dead ones last. */
  List<InetAddress> last(String host, List<InetAddress> addresses) {
    return addresses.stream().sorted(Comparator.comparing(one -> isDead(host, one))).toList();
  }

  private boolean isDead(String host, InetAddress address) {
    @Nullable Long noted = since.get(HostAddress.of(host, address));
    return noted != null && ticker.nanos() - noted < FORGOTTEN.toNanos();
  }
}
