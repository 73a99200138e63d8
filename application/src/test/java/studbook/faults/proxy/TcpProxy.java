package studbook.faults.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Accepts connections for a server of this machine, which need not be open yet. Safe for many
 * threads; closing resets all connections.
 */
abstract class TcpProxy implements AutoCloseable {

  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final ServerSocket listening;
  private final int server;

  /** Accepts nothing before {@link #start}. */
  TcpProxy(int server) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
  }

  void start() {
    threads.execute(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        threads.execute(() -> connect(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client) {
    if (isRefusing()) {
      reset(client);
      return;
    }
    try {
      Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      ProxyConnection connection = connection(client, upstream);
      connections.add(connection);
      connection.run();
    } catch (IOException e) {
      reset(client);
    }
  }

  /** Whether a new connection is reset at once. */
  boolean isRefusing() {
    return false;
  }

  abstract ProxyConnection connection(Socket client, Socket upstream);

  /** A client's connection and the one to the server. */
  abstract class ProxyConnection {

    final Socket client;
    final Socket upstream;

    ProxyConnection(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    /** Passes on what the client sends, until either side closes. */
    abstract void run() throws IOException;

    final void close() {
      connections.remove(this);
      reset(client);
      reset(upstream);
    }
  }

  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(ProxyConnection::close);
    threads.shutdownNow();
    threads.close();
  }
}
