package studbook.embeddedpg;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import studbook.security.AtomicFile;
import studbook.security.PrivateFiles;
import studbook.time.TimeSources;

/**
 * The data folder with PostgreSQL's programs: creates, starts and stops it. Used under the {@link
 * StartLock} only.
 *
 * @param bin folder of initdb, pg_ctl and postgres
 */
record PostgresCluster(
    ServerDirectory directory, Path bin, PostgresCommands commands, TimeSources time) {

  private static final int STARTS = 5;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(300);
  private static final long LARGEST_LOG = 10_000_000;

  private static final String SETTINGS_FILE = "studbook.conf";

  /** Creates the data folder with the empty database; renamed last, so it is always complete. */
  void create(ConnectionInfo connection) throws IOException {
    Path unfinished = directory.root().resolve("data.unfinished");
    ServerDirectory.deleteTree(unfinished);
    // The server's user may write in it and nowhere else.
    PrivateFiles.folder(unfinished);
    commands.user().own(unfinished);
    Path passwordFile = directory.root().resolve("initdb.password");
    try {
      AtomicFile.write(passwordFile, connection.password() + "\n");
      commands.user().own(passwordFile);
      commands.run(
          List.of(
              program("initdb"),
              "--pgdata=" + unfinished,
              "--username=" + ConnectionInfo.USER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-instructions"));
      alone(unfinished, "CREATE DATABASE " + ConnectionInfo.DATABASE);
      append(unfinished.resolve("postgresql.conf"), "\ninclude '" + SETTINGS_FILE + "'\n");
      Files.move(unfinished, directory.data(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
  }

  /** Sets the password of {@code connection}, if its file was lost. */
  void changePassword(ConnectionInfo connection) throws IOException {
    commands.user().own(directory.data());
    alone(
        directory.data(),
        "ALTER ROLE %s PASSWORD '%s'".formatted(ConnectionInfo.USER, connection.password()));
  }

  /** Runs {@code statement} in single-user mode, without a server. */
  private void alone(Path data, String statement) throws IOException {
    commands.run(
        statement + "\n",
        List.of(program("postgres"), "--single", "-D", data.toString(), "postgres"));
  }

  /** Replaces a file of the data folder as the server's user: see below. */
  private void replace(Path file, String text) throws IOException {
    shell("cat > \"$0.new\" && mv -f \"$0.new\" \"$0\"", file, text);
  }

  private void append(Path file, String text) throws IOException {
    shell("cat >> \"$0\"", file, text);
  }

  /** As the server's user: root could follow a link that this user created. */
  private void shell(String script, Path file, String input) throws IOException {
    commands.run(input, List.of("sh", "-c", "umask 077; " + script, file.toString()));
  }

  /**
   * Starts the server in its own session, on the connection's port if it is free, otherwise on
   * another. pg_ctl returns when it accepts connections.
   *
   * @return how to connect, as written to the folder's file
   */
  ConnectionInfo start(ConnectionInfo connection) throws IOException {
    commands.user().own(directory.data());
    keepLogSmall();
    PrivateFiles.file(directory.serverLog());
    commands.user().own(directory.serverLog());
    ConnectionInfo current = connection;
    for (int attempt = 1; ; attempt++) {
      current = isFree(current.port()) ? current : current.at(freePort());
      current.write(directory.connectionFile());
      configure(current.port());
      try {
        commands.run(
            List.of(
                program("pg_ctl"),
                "start",
                "--pgdata=" + directory.data(),
                "--log=" + directory.serverLog(),
                "--timeout=600",
                "--silent"));
        return current;
      } catch (EmbeddedServerException e) {
        // Another process took the port, or the last backends of a killed server are still ending.
        if (attempt == STARTS) {
          throw e;
        }
        pause();
      }
    }
  }

  void stop() throws IOException {
    commands.run(
        List.of(
            program("pg_ctl"),
            "stop",
            "--pgdata=" + directory.data(),
            "--mode=fast",
            "--timeout=120",
            "--silent"));
  }

  private void configure(int port) throws IOException {
    replace(directory.data().resolve(SETTINGS_FILE), settings(port));
  }

  /**
   * For tables of some hundred thousand to ten million rows on a shared machine. What is
   * acknowledged is on disk.
   */
  private static String settings(int port) {
    return """
    # Written by Studbook at every start. Settings of your own: ALTER SYSTEM SET ...
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = 100

    fsync = on
    synchronous_commit = on
    full_page_writes = on

    shared_buffers = '128MB'
    effective_cache_size = '512MB'
    work_mem = '16MB'
    maintenance_work_mem = '128MB'
    max_wal_size = '2GB'
    checkpoint_timeout = '15min'
    random_page_cost = 1.1
    jit = off
    log_line_prefix = '%%m [%%p] '
    """
        .formatted(port);
  }

  private void keepLogSmall() throws IOException {
    Path log = directory.serverLog();
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
      Files.move(log, log.resolveSibling("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void pause() {
    Deadline pause = new Deadline(time, BETWEEN_STARTS);
    while (pause.awaitNextTry()) {
      // Each step waits.
    }
  }

  private String program(String name) {
    return bin.resolve(name).toString();
  }

  private static boolean isFree(int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
