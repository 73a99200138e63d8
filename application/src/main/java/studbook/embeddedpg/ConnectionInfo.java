package studbook.embeddedpg;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import studbook.security.AtomicFile;

/**
 * How to connect to the server: stored in an owner-only file, so that others can join and a server
 * that outlived its clients can be taken over.
 *
 * @param port on 127.0.0.1
 * @param password of the user {@code studbook}, random
 */
record ConnectionInfo(int port, String password) {

  static final String USER = "studbook";
  static final String DATABASE = "studbook";

  static ConnectionInfo fresh(int port) {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return new ConnectionInfo(port, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  static Optional<ConnectionInfo> read(Path file) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
      String password = properties.getProperty("password", "");
      int port = Integer.parseInt(properties.getProperty("port", ""));
      return password.isEmpty()
          ? Optional.empty()
          : Optional.of(new ConnectionInfo(port, password));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    AtomicFile.write(file, "port=%d\npassword=%s\n".formatted(port, password));
  }

  ConnectionInfo at(int otherPort) {
    return new ConnectionInfo(otherPort, password);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl();
  }
}
