package studbook.faults.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.time.SystemTime;

/**
 * A stretch of network on the way to a server, which can be cut or held up. Safe for many threads;
 * closing cuts everything.
 */
public final class FaultyTcpProxy extends TcpProxy {

  private static final Duration LOOK = Duration.ofMillis(5);

  private final AtomicInteger cut = new AtomicInteger();
  private volatile boolean refusing;
  private volatile boolean holding;
  private volatile Duration delay = Duration.ZERO;

  private FaultyTcpProxy(int server) throws IOException {
    super(server);
  }

  /** A way to {@code server}, a port of this machine, which need not be open yet. */
  public static FaultyTcpProxy to(int server) throws IOException {
    FaultyTcpProxy proxy = new FaultyTcpProxy(server);
    proxy.start();
    return proxy;
  }

  /** Resets all connections; new ones are let through. */
  public void reset() {
    connections.forEach(connection -> {
      cut.incrementAndGet();
      connection.close();
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

  @Override
  boolean isRefusing() {
    return refusing;
  }

  @Override
  ProxyConnection connection(Socket client, Socket upstream) {
    return new DelayedConnection(client, upstream);
  }

  private final class DelayedConnection extends ProxyConnection {

    DelayedConnection(Socket client, Socket upstream) {
      super(client, upstream);
    }

    @Override
    void run() {
      threads.execute(() -> pass(upstream, client));
      pass(client, upstream);
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
      close();
    }
  }
}
