package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import studbook.text.FileTrouble;

/** Joining and leaving: who starts the server, who finds it, who stops it. */
record EmbeddedFolder(
    ServerFolder folder,
    Binaries binaries,
    EmbeddedServer.Options options,
    Patience.Source patience) {

  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(10);

  /** A client and what it found. */
  record Joined(Clients.Client client, Connection connection, boolean startedHere) {}

  Joined join(Consumer<String> announce) {
    try (StartLock _ = StartLock.acquire(folder.startLock(), patience)) {
      Clients.Client client = clients().enter();
      try {
        Optional<Connection> found = running(announce);
        Connection connection = found.isPresent() ? found.get() : start(announce);
        return new Joined(client, connection, found.isEmpty());
      } catch (IOException | RuntimeException e) {
        client.leave();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL cannot use its folder %s (%s); choose another STUDBOOK_HOME or set DATABASE_URL."
              .formatted(folder.root(), FileTrouble.reason(e)),
          e);
    }
  }

  void leave(Clients.Client client) throws IOException {
    try (StartLock _ = StartLock.acquire(folder.startLock(), patience)) {
      client.leave();
      if (!clients().any() && postmaster().filter(found -> !found.isSomethingElse()).isPresent()) {
        cluster(binaries.anyIn(binariesParent()), user()).stop();
      }
    }
  }

  /** The server that runs already, if one does: left by a client that was killed, or in use. */
  private Optional<Connection> running(Consumer<String> announce) throws IOException {
    Optional<Connection> known = Connection.read(folder.connectionFile());
    Patience waiting = patience.of(LONGEST_RECOVERY);
    boolean announced = false;
    for (Optional<Postmaster> found = postmaster(); found.isPresent(); found = postmaster()) {
      if (known.isPresent() && answers(known.get())) {
        return known;
      }
      if (found.get().isSomethingElse()) {
        // PostgreSQL itself would take the process for a server, and not start.
        Files.delete(folder.pidFile());
        return Optional.empty();
      }
      if (!announced) {
        announce.accept(
            "Waiting for the embedded PostgreSQL (process %d)".formatted(found.get().pid()));
        announced = true;
      }
      if (known.isEmpty() || !waiting.goesOn()) {
        throw new EmbeddedServerException(
            "Process %d runs PostgreSQL in %s and cannot be connected to; end that process and try again."
                .formatted(found.get().pid(), folder.data()));
      }
    }
    return Optional.empty();
  }

  private Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.read(folder.pidFile()).filter(Postmaster::isAlive);
  }

  /** The password is random and the server must prove that it knows it: no other one answers. */
  private static boolean answers(Connection connection) {
    Properties properties = new Properties();
    properties.setProperty("user", Connection.USER);
    properties.setProperty("password", connection.password());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("requireAuth", "scram-sha-256");
    try (java.sql.Connection _ = DriverManager.getConnection(connection.jdbcUrl(), properties)) {
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private Connection start(Consumer<String> announce) throws IOException {
    ServerUser user = user(); // before anything is unpacked
    Path parent = binariesParent();
    boolean first = !Files.isDirectory(folder.data());
    if (first || !binaries.isUnpackedIn(parent)) {
      announce.accept("Setting up the embedded PostgreSQL (first use, a few seconds)");
    }
    Cluster cluster = cluster(binaries.unpackedIn(parent), user);
    Optional<Connection> known = Connection.read(folder.connectionFile());
    Connection connection = known.orElseGet(() -> Connection.fresh(0));
    if (first) {
      cluster.create(connection);
    } else if (known.isEmpty()) {
      cluster.changePassword(connection);
    }
    return cluster.start(connection);
  }

  private ServerUser user() throws IOException {
    return options.user().isPresent()
        ? ServerUser.chooseForRoot(folder, List.of(options.user().get()))
        : ServerUser.choose(folder);
  }

  private Cluster cluster(Path bin, ServerUser user) {
    return new Cluster(folder, bin.resolve("bin"), new Programs(folder, user), patience);
  }

  private Path binariesParent() {
    return options.binaries().orElse(folder.root());
  }

  private Clients clients() {
    return new Clients(folder.clients());
  }
}
