package studbook.csvimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of this package's tests, from the binaries on the class path, in a temporary folder.
 * It keeps nothing: fsync is off.
 */
final class ImportDatabase {

  private static final String BINARIES = "/postgres-linux-x86_64.txz";

  private final Path folder;
  private final int port;
  private int databases;

  ImportDatabase() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("studbook-intake");
    Path archive = folder.resolve("binaries.txz");
    try (InputStream in = ImportDatabase.class.getResourceAsStream(BINARIES)) {
      if (in == null) {
        throw new IOException("no PostgreSQL on the class path");
      }
      Files.copy(in, archive);
    }
    Path binaries = Files.createDirectory(folder.resolve("pg"));
    run(List.of("tar", "-xJf", archive.toString(), "-C", binaries.toString()));
    server("initdb", "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    server(
        "pg_ctl",
        "-D",
        data(),
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-h 127.0.0.1 -p %d -c fsync=off -c unix_socket_directories=''".formatted(port),
        "start");
  }

  /** A database with an empty schema {@code studbook} and nothing else. */
  DataSource fresh() {
    String name = "fresh" + ++databases;
    Jdbi.create(source("postgres")).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
    DataSource fresh = source(name);
    Jdbi.create(fresh).useHandle(handle -> handle.execute("CREATE SCHEMA studbook"));
    return fresh;
  }

  void stop() throws IOException, InterruptedException {
    server("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private DataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    source.setUser("postgres");
    return source;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /** PostgreSQL does not run as root; in a user namespace of its own it is not. */
  private void server(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("pg/bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command.getFirst() + " failed: " + Files.readString(output));
    }
  }
}
