package studbook.faults.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of PostgreSQL that reads its wire protocol and can drop the reply to a chosen
 * statement: the server executes and commits it, and the connection is reset before the client
 * hears of it. Safe for many threads; closing resets all connections.
 */
public final class PostgresProxy extends TcpProxy {

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final List<Drop> drops = new CopyOnWriteArrayList<>();
  private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();

  private volatile List<Refusal> refusals = List.of();
  private volatile @Nullable Refusal ending;

  private PostgresProxy(int server) throws IOException {
    super(server);
  }

  /** A proxy to {@code server}, a port of this machine. */
  public static PostgresProxy to(int server) throws IOException {
    PostgresProxy proxy = new PostgresProxy(server);
    proxy.start();
    return proxy;
  }

  /**
   * Drops the reply to an execution of a statement. In a transaction block it drops the reply to
   * the COMMIT; rolled back ones do not count.
   *
   * @param execution number from now on, from 1
   * @param fragments that its text and {@linkplain #value values} contain, all of them
   */
  public Drop dropReply(int execution, String... fragments) {
    Drop drop = new Drop(List.of(fragments), execution);
    drops.add(drop);
    return drop;
  }

  /** A text value of a statement, as a fragment. */
  public static String value(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer field = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes);
    return new String(field.array(), StandardCharsets.ISO_8859_1);
  }

  /** A reply that is to be dropped. */
  public static final class Drop {

    private final List<String> fragments;
    private int left;
    private volatile boolean happened;

    private Drop(List<String> fragments, int left) {
      this.fragments = fragments;
      this.left = left;
    }

    private synchronized boolean matches(String statement) {
      return left > 0 && fragments.stream().allMatch(statement::contains) && --left == 0;
    }

    /** The transaction was rolled back, so the next execution counts. */
    private synchronized void missed() {
      left = 1;
    }

    /** Whether the statement was committed and its reply dropped. */
    public boolean happened() {
      return happened;
    }
  }

  /**
   * An error with which the proxy itself answers, like a pooler.
   *
   * @param state SQLSTATE
   */
  public record Refusal(String state, String message) {

    private Message answer() {
      String fields = "SFATAL\0VFATAL\0C%s\0M%s\0\0".formatted(state, message);
      return new Message('E', fields.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Refuses logins with these errors in turn, and ends each session at its next message with the
   * first one, until {@link #heal}.
   */
  public void refuse(Refusal... errors) {
    refusals = List.of(errors);
    ending = errors[0];
  }

  public void heal() {
    refusals = List.of();
    ending = null;
  }

  /** The errors of refused logins so far. */
  public List<Refusal> refusedLogins() {
    return List.copyOf(refused);
  }

  @Override
  ProxyConnection connection(Socket client, Socket upstream) {
    return new PostgresConnection(client, upstream);
  }

  /** A message of the protocol; a start-up message has no type. */
  private static final class Message {

    private final int type;
    private final byte[] body;

    Message(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    int type() {
      return type;
    }

    byte[] body() {
      return body;
    }

    static Message read(DataInputStream in) throws IOException {
      return new Message(in.readUnsignedByte(), body(in));
    }

    static byte[] body(DataInputStream in) throws IOException {
      return in.readNBytes(in.readInt() - 4);
    }

    void write(OutputStream out) throws IOException {
      out.write(type);
      out.write(ByteBuffer.allocate(4).putInt(body.length + 4).array());
      out.write(body);
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private final class PostgresConnection extends ProxyConnection {

    private volatile @Nullable Drop dropping;

    PostgresConnection(Socket client, Socket upstream) {
      super(client, upstream);
    }

    @Override
    void run() throws IOException {
      DataInputStream fromClient =
          new DataInputStream(new BufferedInputStream(client.getInputStream()));
      DataInputStream fromServer =
          new DataInputStream(new BufferedInputStream(upstream.getInputStream()));
      start(fromClient, fromServer);
      List<Refusal> errors = refusals;
      if (!errors.isEmpty()) {
        Refusal refusal = errors.get(refused.size() % errors.size());
        refused.add(refusal);
        end(refusal);
        return;
      }
      threads.execute(() -> passing(() -> replies(fromServer)));
      passing(() -> requests(fromClient));
    }

    /** Until the client has sent its start-up message; the server refuses encryption. */
    private void start(DataInputStream fromClient, DataInputStream fromServer) throws IOException {
      while (true) {
        byte[] body = Message.body(fromClient);
        OutputStream out = upstream.getOutputStream();
        out.write(ByteBuffer.allocate(body.length + 4).putInt(body.length + 4).put(body).array());
        int code = ByteBuffer.wrap(body).getInt();
        if (code != SSL_REQUEST && code != GSS_REQUEST) {
          return;
        }
        client.getOutputStream().write(fromServer.readUnsignedByte());
      }
    }

    /** Sends the reason and closes. */
    private void end(Refusal why) throws IOException {
      why.answer().write(client.getOutputStream());
      client.shutdownOutput();
      connections.remove(this);
      client.close();
      reset(upstream);
    }

    private interface Passing {
      void pass() throws IOException;
    }

    private void passing(Passing direction) {
      try {
        direction.pass();
      } catch (IOException e) {
        // one side has closed, and the other follows
      }
      close();
    }

    private void requests(DataInputStream in) throws IOException {
      OutputStream out = new BufferedOutputStream(upstream.getOutputStream());
      StringBuilder statement = new StringBuilder();
      while (true) {
        Message message = Message.read(in);
        Refusal why = ending;
        if (why != null) {
          end(why);
          return;
        }
        statement.append(message.text());
        if (message.type() == 'S' || message.type() == 'Q') {
          look(statement.toString());
          statement.setLength(0);
        }
        message.write(out);
        if (in.available() == 0) {
          out.flush();
        }
      }
    }

    private void look(String statement) {
      for (Drop drop : drops) {
        if (drop.matches(statement)) {
          dropping = drop;
        }
      }
    }

    private void replies(DataInputStream in) throws IOException {
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      boolean undone = false;
      while (true) {
        Message message = Message.read(in);
        Drop drop = dropping;
        message.write(drop == null ? out : kept);
        undone |= message.type() == 'E' || message.text().startsWith("ROLLBACK");
        boolean ready = message.type() == 'Z';
        if (ready && drop != null && message.body()[0] == 'I') {
          if (!undone) {
            drop.happened = true;
            return;
          }
          drop.missed();
          dropping = null;
        }
        if (ready || message.type() == 'G') {
          kept.writeTo(out);
          kept.reset();
          undone &= !ready || message.body()[0] != 'I';
        }
        if (in.available() == 0) {
          out.flush();
        }
      }
    }
  }
}
