package studbook.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy in front of several services: each connection goes to the next one that accepts it, as
 * nginx does.
 */
final class AlternatingProxy implements AutoCloseable {

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Integer> ports;

  AlternatingProxy(DashboardFixture... services) throws IOException {
    ports = Arrays.stream(services).map(service -> URI.create(service.url).getPort()).toList();
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
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
    int first = accepted.getAndIncrement();
    for (int i = 0; i < ports.size(); i++) {
      try {
        Socket service =
            new Socket(InetAddress.getLoopbackAddress(), ports.get((first + i) % ports.size()));
        threads.execute(() -> copy(client, service));
        copy(service, client);
        return;
      } catch (IOException e) {
        // the next one
      }
    }
    close(client);
  }

  /** Until either side ends; then both do. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // one side has ended
    }
  }

  private static void close(Socket socket) {
    try (socket) {
      socket.shutdownOutput();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
