package studbook.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on this machine, which takes every mail or refuses every recipient. */
public final class SmtpServerFixture implements AutoCloseable {

  private final ServerSocket socket;
  private final Optional<SSLContext> startTls;

  /** The commands of all conversations; logins decoded. */
  public final List<String> commands = new CopyOnWriteArrayList<>();

  /** The mails with their headers. */
  public final List<String> mails = new CopyOnWriteArrayList<>();

  public volatile boolean refusing;

  /** Without encryption. */
  public SmtpServerFixture() throws IOException {
    this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), Optional.empty());
  }

  private SmtpServerFixture(ServerSocket socket, Optional<SSLContext> startTls) {
    this.socket = socket;
    this.startTls = startTls;
    Thread.ofVirtual().start(this::accept);
  }

  /** TLS from the start. */
  static SmtpServerFixture encrypted(SSLContext context) throws IOException {
    return new SmtpServerFixture(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
        Optional.empty());
  }

  /** Offers STARTTLS. */
  static SmtpServerFixture offeringTls(SSLContext context) throws IOException {
    return new SmtpServerFixture(
        new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), Optional.of(context));
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8)
            .print("220 mail.example.org ready\r\n");
        converse(client);
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("AUTH PLAIN ")) {
        byte[] login = Base64.getDecoder().decode(line.substring(11));
        commands.add("AUTH " + new String(login, StandardCharsets.UTF_8).replace('\0', ' '));
        out.print("235 2.7.0 accepted\r\n");
        continue;
      }
      commands.add(line);
      switch (line.split("[ :]", 2)[0]) {
        case "EHLO" ->
            out.print(
                startTls.isPresent() && !(client instanceof SSLSocket)
                    ? "250-mail.example.org\r\n250 STARTTLS\r\n"
                    : "250-mail.example.org\r\n250 AUTH PLAIN\r\n");
        case "STARTTLS" -> {
          out.print("220 2.0.0 go on\r\n");
          SSLSocket encrypted =
              (SSLSocket)
                  startTls
                      .orElseThrow()
                      .getSocketFactory()
                      .createSocket(client, null, client.getPort(), true);
          encrypted.setUseClientMode(false);
          converse(encrypted);
          return;
        }
        case "RCPT" -> out.print(refusing ? "550 5.1.1 no such mailbox\r\n" : "250 2.1.5 fine\r\n");
        case "DATA" -> {
          out.print("354 go on\r\n");
          mails.add(mail(in));
          out.print("250 2.0.0 taken\r\n");
        }
        case "QUIT" -> {
          out.print("221 bye\r\n");
          return;
        }
        default -> out.print("250 fine\r\n");
      }
    }
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
