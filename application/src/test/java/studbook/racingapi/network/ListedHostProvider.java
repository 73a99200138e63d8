package studbook.racingapi.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The product's resolver, for which {@code localhost} has the addresses that a system property
 * lists. Found before the product's own, since the tests come first in the class path. The JDK's
 * {@code jdk.net.hosts.file} would switch the product's off.
 */
public final class ListedHostProvider extends InetAddressResolverProvider {

  private static final String PROPERTY = "studbook.test.localhost";

  /** Called by the JDK. */
  public ListedHostProvider() {}

  /** The option of a JVM in which {@code localhost} has these addresses, in this order. */
  public static String option(String... addresses) {
    return "-D" + PROPERTY + "=" + String.join(",", addresses);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return FailoverResolverProvider.over(new ListedHost(configuration.builtinResolver()));
  }

  @Override
  public String name() {
    return "listed";
  }

  private record ListedHost(InetAddressResolver builtin) implements InetAddressResolver {

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      String listed = System.getProperty(PROPERTY);
      return listed != null && host.equals("localhost")
          ? Arrays.stream(listed.split(",", -1)).map(address -> named(host, address))
          : builtin.lookupByName(host, policy);
    }

    private static InetAddress named(String host, String address) {
      try {
        return InetAddress.getByAddress(host, InetAddress.ofLiteral(address).getAddress());
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return builtin.lookupByAddress(address);
    }
  }
}
