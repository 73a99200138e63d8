package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import studbook.store.database.Database;
import studbook.store.error.StoreException;

/** A server that asks for the password itself gets it only where nobody else can hear it. */
class ClearPasswordTest {

  private static final String PASSWORD = "carrots4711";

  @Test
  void anotherHostGetsItOnlyOverVerifiedTls() throws Exception {
    assertThat(described("0.0.0.0", "sslmode=prefer")).doesNotContain(PASSWORD);
    assertThat(described("0.0.0.0", "sslmode=disable")).doesNotContain(PASSWORD);
  }

  @Test
  void thisMachineIs() throws Exception {
    assertThat(described("127.0.0.1", "sslmode=disable")).contains(PASSWORD);
  }

  /** What reaches a server that has no TLS and asks for the password in clear. */
  private static String described(String host, String option) throws Exception {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Thread asking;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      asking = Thread.ofVirtual().start(() -> serve(server, heard));
      String url =
          "postgresql://user:%s@%s:%d/db?%s"
              .formatted(PASSWORD, host, server.getLocalPort(), option);
      try (Database database = Database.open(DatabaseAddress.parse(url), 1)) {
        var refusal = assertThatThrownBy(database::probe).isInstanceOf(StoreException.class);
        if (!host.startsWith("127")) {
          refusal.hasMessageContaining("sslmode=verify-full");
        }
      }
    }
    asking.join();
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  private static void serve(ServerSocket server, ByteArrayOutputStream heard) {
    while (true) {
      try (Socket client = server.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        while (true) {
          byte[] start = new byte[in.readInt() - 4];
          in.readFully(start);
          if (start.length > 4) {
            break; // and no request for encryption
          }
          client.getOutputStream().write('N');
        }
        client.getOutputStream().write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
        client.shutdownOutput();
        in.transferTo(heard);
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }
}
