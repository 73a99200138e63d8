package studbook.racingapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of bare sockets, for what no HTTP server would do. It reads each request's head, keeps
 * it, and leaves the rest to its script; then the connection is closed.
 */
final class RawServer implements AutoCloseable {

  /** What is done about one connection once a request's head has come. */
  interface Script {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  RawServer(Script script) {
    this(onLoopback(), script);
  }

  RawServer(ServerSocket listening, Script script) {
    this.listening = listening;
    threads.execute(() -> accept(script));
  }

  private static ServerSocket onLoopback() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Always the same text, byte for byte. */
  static RawServer answering(String text) {
    return new RawServer((socket, out) -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
  }

  /** The heads of the requests that came, first line and headers. */
  List<String> heads() {
    return heads;
  }

  /** Blocks a script until the server is closed. */
  void untilClosed() throws InterruptedException {
    closed.await();
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket, script));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      if (!head.isEmpty()) {
        heads.add(head.toString());
        script.answer(socket, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException e) {
      // the client has gone
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
