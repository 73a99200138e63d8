package studbook.embeddedpg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import studbook.time.TimeSources;

/**
 * A PostgreSQL of one test's own, which may be treated worse than the tests' common one. It keeps
 * its port over restarts. Closing stops it; the folder is the caller's.
 */
public final class TestCluster implements AutoCloseable {

  private final ServerDirectory directory;
  private final PostgresCluster cluster;
  private ConnectionInfo connection;

  private TestCluster(
      ServerDirectory directory, PostgresCluster cluster, ConnectionInfo connection) {
    this.directory = directory;
    this.cluster = cluster;
    this.connection = connection;
  }

  /**
   * Makes and starts one; takes some two seconds.
   *
   * @param home an empty folder
   */
  public static TestCluster start(Path home) throws IOException {
    ServerDirectory directory = ServerDirectory.in(home);
    Path bin = PostgresBinaries.ofThisPlatform().unpackedIn(TestBinaries.FOLDER);
    PostgresCluster cluster =
        new PostgresCluster(
            directory,
            bin.resolve("bin"),
            new PostgresCommands(directory, OsUser.choose(directory)),
            TimeSources.system());
    ConnectionInfo fresh = ConnectionInfo.fresh(0);
    cluster.create(fresh);
    return new TestCluster(directory, cluster, cluster.start(fresh));
  }

  public String jdbcUrl() {
    return connection.jdbcUrl();
  }

  public String username() {
    return ConnectionInfo.USER;
  }

  public String password() {
    return connection.password();
  }

  /** Stops it as a power cut does: the next start recovers from the log. */
  public void stopImmediately() throws IOException {
    stop("immediate");
  }

  public boolean isRunning() {
    try {
      return Postmaster.read(directory.pidFile()).filter(Postmaster::isAlive).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, on the port that it had. */
  public void startAgain() throws IOException {
    int port = connection.port();
    connection = cluster.start(connection);
    if (connection.port() != port) {
      throw new IOException("port " + port + " was taken meanwhile");
    }
  }

  private void stop(String mode) throws IOException {
    cluster
        .commands()
        .run(
            List.of(
                cluster.bin().resolve("pg_ctl").toString(),
                "stop",
                "--pgdata=" + directory.data(),
                "--mode=" + mode,
                "--timeout=60",
                "--silent"));
  }

  @Override
  public void close() throws IOException {
    if (isRunning()) {
      stop("immediate");
    }
  }
}
