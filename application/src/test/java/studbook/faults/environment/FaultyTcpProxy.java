package studbook.faults.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.time.SystemTime;

/**
 * A stretch of network on the way to a server, which can be cut or held up. Safe for many threads;
 * closing cuts everything.
 */
public final class FaultyTcpProxy implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(5);

  private final ServerSocket listening;
  private final int server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cut = new AtomicInteger();
  private volatile boolean refusing;
  private volatile boolean holding;
  private volatile Duration delay = Duration.ZERO;

  private FaultyTcpProxy(ServerSocket listening, int server) {
    this.listening = listening;
    this.server = server;
  }

  /** A way to {@code server}, a port of this machine, which need not be open yet. */
  public static FaultyTcpProxy to(int server) throws IOException {
    FaultyTcpProxy relay =
        new FaultyTcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    relay.threads.execute(relay::accept);
    return relay;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Resets all connections; new ones are let through. */
  public void reset() {
    lines.forEach(line -> {
      cut.incrementAndGet();
      line.reset();
    });
  }

  /** Resets all existing and new connections until {@link #heal}. */
  public void refuse() {
    refusing = true;
    reset();
  }

  /** Forwards nothing in either direction, without closing, until {@link #heal}. */
  public void hold() {
    holding = true;
  }

  /** Each packet takes so much longer, either way. */
  public void slow(Duration longer) {
    delay = longer;
  }

  public void heal() {
    refusing = false;
    holding = false;
    delay = Duration.ZERO;
  }

  /** How many connections were reset while they stood. */
  public int cut() {
    return cut.get();
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
    if (refusing) {
      resetting(client);
      return;
    }
    Socket upstream;
    try {
      upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
    } catch (IOException e) {
      resetting(client);
      return;
    }
    Line line = new Line(client, upstream);
    lines.add(line);
    threads.execute(line::answers);
    line.requests();
  }

  private static void resetting(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
  }

  /** A connection through the relay. */
  private final class Line {

    private final Socket client;
    private final Socket upstream;

    Line(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void reset() {
      lines.remove(this);
      resetting(client);
      resetting(upstream);
    }

    void requests() {
      pass(client, upstream);
    }

    void answers() {
      pass(upstream, client);
    }

    private void pass(Socket from, Socket to) {
      byte[] buffer = new byte[1 << 16];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          while (holding) {
            SystemTime.sleeper().sleep(LOOK);
          }
          if (delay.isPositive()) {
            SystemTime.sleeper().sleep(delay);
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // one side closed; close the other too
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      reset();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.forEach(Line::reset);
    threads.shutdownNow();
    threads.close();
  }
}
