package studbook.store.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that detect a server which vanishes: its host loses power, or a router drops the
 * connection. After 30 seconds of silence the kernel probes the other side, and ends the connection
 * a minute after the last answer. Statements have no limit: a live server answers the kernel
 * meanwhile.
 *
 * <p>Created by pgjdbc by name; safe for many threads.
 */
public final class KeepAliveSocketFactory extends SocketFactory {

  /** Seconds and a number of probes; options unknown to this system are skipped. */
  private static final Map<SocketOption<Integer>, Integer> PATIENCE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 30,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  /** Addresses by {@code host:port} that override name resolution. */
  private final Map<String, InetAddress> addresses = new HashMap<>();

  /** For pgjdbc. */
  public KeepAliveSocketFactory() {
    this(null);
  }

  /**
   * For pgjdbc.
   *
   * @param addresses libpq's hostaddr: {@code host:port=address}, separated by commas
   */
  public KeepAliveSocketFactory(@Nullable String addresses) {
    for (String entry : addresses == null ? new String[0] : addresses.split(",", -1)) {
      int equals = entry.indexOf('=');
      this.addresses.put(
          entry.substring(0, equals), InetAddress.ofLiteral(entry.substring(equals + 1)));
    }
  }

  /** Connects to the address configured for a host. */
  private final class AddressedSocket extends Socket {

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      super.connect(addressed(to), timeout);
    }
  }

  private SocketAddress addressed(SocketAddress to) {
    if (!(to instanceof InetSocketAddress server)) {
      return to;
    }
    String host = server.getHostString();
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    InetAddress address = addresses.get(name + ":" + server.getPort());
    return address == null ? to : new InetSocketAddress(address, server.getPort());
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = addresses.isEmpty() ? new Socket() : new AddressedSocket();
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (var patience : PATIENCE.entrySet()) {
      if (socket.supportedOptions().contains(patience.getKey())) {
        socket.setOption(patience.getKey(), patience.getValue());
      }
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(from);
      socket.connect(to);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }
}
