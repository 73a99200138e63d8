package studbook.racingapi.network;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import studbook.time.SystemTime;

/**
 * Makes the JDK's clients use the next address of a host when its first is dead: they try only the
 * first one. Found by the JDK through META-INF/services, so one instance serves the whole JVM.
 */
public final class FailoverResolverProvider extends InetAddressResolverProvider {

  /** One for the JVM, like the resolver. */
  public static final DeadAddresses DEAD = new DeadAddresses(SystemTime.ticker());

  /** Called by the JDK at the first resolution. */
  public FailoverResolverProvider() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return over(configuration.builtinResolver());
  }

  /** The resolver on top of {@code builtin}. */
  static InetAddressResolver over(InetAddressResolver builtin) {
    // The JDK would cache the order of the addresses for 30 s, so the resolver caches them instead.
    Security.setProperty("networkaddress.cache.ttl", "0");
    return new FailoverResolver(builtin, DEAD, SystemTime.ticker());
  }

  @Override
  public String name() {
    return "studbook";
  }
}
