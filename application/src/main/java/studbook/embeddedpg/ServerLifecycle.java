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
import studbook.text.FileErrorMessages;
import studbook.time.TimeSources;

/** Joining and leaving a server: starts, finds and stops it. */
record ServerLifecycle(
    ServerDirectory directory,
    PostgresBinaries binaries,
    EmbeddedServer.ServerOptions options,
    TimeSources time) {

  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(10);

  /** A client and the server it joined. */
  record JoinedServer(
      ClientRegistry.RegisteredClient client, ConnectionInfo connection, boolean startedHere) {}

  JoinedServer join(Consumer<String> announce) {
    try (StartLock _ = StartLock.acquire(directory.startLock(), time)) {
      ClientRegistry.RegisteredClient client = clients().register();
      try {
        Optional<ConnectionInfo> found = running(announce);
        ConnectionInfo connection = found.isPresent() ? found.get() : start(announce);
        return new JoinedServer(client, connection, found.isEmpty());
      } catch (IOException | RuntimeException e) {
        client.leave();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL cannot use its directory %s (%s); choose another STUDBOOK_HOME or set DATABASE_URL."
              .formatted(directory.root(), FileErrorMessages.reason(e)),
          e);
    }
  }

  void leave(ClientRegistry.RegisteredClient client) throws IOException {
    try (StartLock _ = StartLock.acquire(directory.startLock(), time)) {
      client.leave();
      if (!clients().any()
          && postmaster().filter(postmaster -> !postmaster.isSomethingElse()).isPresent()) {
        cluster(binaries.anyIn(binariesParent()), user()).stop();
      }
    }
  }

  /** The running server, if any: in use, or left by a killed client. */
  private Optional<ConnectionInfo> running(Consumer<String> announce) throws IOException {
    Optional<ConnectionInfo> known = ConnectionInfo.read(directory.connectionFile());
    Deadline deadline = new Deadline(time, LONGEST_RECOVERY);
    boolean announced = false;
    for (Optional<Postmaster> found = postmaster(); found.isPresent(); found = postmaster()) {
      if (known.isPresent() && answers(known.get())) {
        return known;
      }
      if (found.get().isSomethingElse()) {
        // PostgreSQL would mistake the process for a server and not start.
        Files.delete(directory.pidFile());
        return Optional.empty();
      }
      if (!announced) {
        announce.accept(
            "Waiting for the embedded PostgreSQL (process %d)".formatted(found.get().pid()));
        announced = true;
      }
      if (known.isEmpty() || !deadline.awaitNextTry()) {
        throw new EmbeddedServerException(
            "Process %d runs PostgreSQL in %s but accepts no connections; end that process and try again."
                .formatted(found.get().pid(), directory.data()));
      }
    }
    return Optional.empty();
  }

  private Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.read(directory.pidFile()).filter(Postmaster::isAlive);
  }

  /** The password is random and the server must prove that it has it: no other server passes. */
  private static boolean answers(ConnectionInfo connection) {
    Properties properties = new Properties();
    properties.setProperty("user", ConnectionInfo.USER);
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

  private ConnectionInfo start(Consumer<String> announce) throws IOException {
    OsUser user = user(); // before anything is unpacked
    Path parent = binariesParent();
    boolean first = !Files.isDirectory(directory.data());
    if (first || !binaries.isUnpackedIn(parent)) {
      announce.accept("Creating the embedded PostgreSQL (first use, a few seconds)");
    }
    PostgresCluster cluster = cluster(binaries.unpackedIn(parent), user);
    Optional<ConnectionInfo> known = ConnectionInfo.read(directory.connectionFile());
    ConnectionInfo connection = known.orElseGet(() -> ConnectionInfo.fresh(0));
    if (first) {
      cluster.create(connection);
    } else if (known.isEmpty()) {
      cluster.changePassword(connection);
    }
    return cluster.start(connection);
  }

  private OsUser user() throws IOException {
    return options.user().isPresent()
        ? OsUser.chooseForRoot(directory, List.of(options.user().get()))
        : OsUser.choose(directory);
  }

  private PostgresCluster cluster(Path bin, OsUser user) {
    return new PostgresCluster(
        directory, bin.resolve("bin"), new PostgresCommands(directory, user), time);
  }

  private Path binariesParent() {
    return options.binaries().orElse(directory.root());
  }

  private ClientRegistry clients() {
    return new ClientRegistry(directory.clients());
  }
}
