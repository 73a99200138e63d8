package studbook.racingapi.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.time.Ticker;

/**
 * Resolves names with another resolver and returns dead addresses after the others of their host.
 * Caches for 30 s, as the JDK does by default. Safe for many threads.
 */
final class FailoverResolver implements InetAddressResolver {

  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final InetAddressResolver builtin;
  private final DeadAddresses dead;
  private final Ticker ticker;
  private final ConcurrentMap<Question, Addresses> known = new ConcurrentHashMap<>();

  private record Question(String host, int characteristics) {}

  private record Addresses(List<InetAddress> all, long since) {}

  FailoverResolver(InetAddressResolver builtin, DeadAddresses dead, Ticker ticker) {
    this.builtin = builtin;
    this.dead = dead;
    this.ticker = ticker;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    Question question = new Question(host, policy.characteristics());
    @Nullable Addresses addresses = known.get(question);
    if (addresses == null || ticker.nanos() - addresses.since() >= REMEMBERED.toNanos()) {
      addresses = new Addresses(builtin.lookupByName(host, policy).toList(), ticker.nanos());
      known.put(question, addresses);
    }
    return dead.last(host, addresses.all()).stream();
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    return builtin.lookupByAddress(address);
  }
}
