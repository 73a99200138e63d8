package studbook.racingapi.network;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import studbook.time.SystemTime;

/**
 * Lets the JDK's clients connect to the next address of a host when its first is dead: they try the
 * first one only. Found by the JDK through META-INF/services, so one instance serves the whole JVM.
 */
public final class FailoverResolverProvider extends InetAddressResolverProvider {

  /** One for the JVM, as the resolver is. */
  public static final DeadAddresses DEAD = new DeadAddresses(SystemTime.ticker());

  /** Called by the JDK when it first resolves a name. */
  public FailoverResolverProvider() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return over(configuration.builtinResolver());
  }

  /** The resolver for names that {@code builtin} resolves. */
  static InetAddressResolver over(InetAddressResolver builtin) {
    // The JDK would remember the order of the addresses for 30 s, so the resolver remembers them.
    Security.setProperty("networkaddress.cache.ttl", "0");
    return new FailoverResolver(builtin, DEAD, SystemTime.ticker());
  }

  @Override
  public String name() {
    return "studbook";
  }
}
