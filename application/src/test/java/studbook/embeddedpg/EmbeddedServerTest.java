package studbook.embeddedpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that belongs to its folder, with real processes and real kills. */
class EmbeddedServerTest {

  private static final Path BINARIES = TestBinaries.FOLDER;

  private static final EmbeddedServer.ServerOptions OPTIONS =
      new EmbeddedServer.ServerOptions(Optional.of(BINARIES), Optional.empty());

  /** A folder whose server was started and stopped once, to be copied: initdb takes its time. */
  @TempDir static Path used;

  @TempDir Path folder;

  private Path home;
  private final List<String> announced = new ArrayList<>();

  @BeforeAll
  static void useAFolderOnce() throws IOException {
    EmbeddedServer.join(used, _ -> {}, OPTIONS).close();
  }

  @BeforeEach
  void aHomeWithASpace() {
    home = folder.resolve("a home");
  }

  @AfterEach
  void nothingIsLeftRunning() throws IOException {
    assertThat(Postmaster.read(home.resolve("postgres/data/postmaster.pid")).stream())
        .noneMatch(Postmaster::isAlive);
  }

  @Test
  void theFirstStartsTheSecondJoinsTheLastStops() throws Exception {
    try (EmbeddedServer first = join()) {
      try (EmbeddedServer second = join();
          ClientProcess third = new ClientProcess(home, BINARIES)) {
        assertThat(first.startedHere()).isTrue();
        assertThat(second.startedHere()).isFalse();
        assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
        assertThat(third.answer()).isEqualTo("joined");
      }
      assertThat(value(first, "SELECT 1")).isEqualTo("1");
    }
    assertThat(announced).hasSize(1).first().asString().startsWith("Creating the embedded");
    assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(files(home.resolve("postgres/clients"))).isEmpty();
  }

  @Test
  void rowsAndPasswordLastFromStartToStart() throws Exception {
    aHomeThatWasUsed();
    String password;
    try (EmbeddedServer server = join()) {
      password = server.password();
      execute(server, "CREATE TABLE kept AS SELECT 7 AS seven");
    }
    try (EmbeddedServer server = join()) {
      assertThat(server.startedHere()).isTrue();
      assertThat(server.password()).isEqualTo(password);
      assertThat(value(server, "SELECT seven FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void aClientThatIsKilledLeavesItsServerToTheNext() throws Exception {
    aHomeThatWasUsed();
    try (ClientProcess killed = new ClientProcess(home, BINARIES)) {
      assertThat(killed.answer()).isEqualTo("started");
      killed.kill();
    }
    long postmaster = postmaster().pid();
    try (EmbeddedServer adopted = join()) {
      assertThat(adopted.startedHere()).isFalse();
      assertThat(postmaster().pid()).isEqualTo(postmaster);
      assertThat(value(adopted, "SELECT current_user")).isEqualTo("studbook");
    }
    assertEnds(postmaster);
  }

  @Test
  void aStalePidFileDoesNotPreventTheStart() throws Exception {
    aHomeThatWasUsed();
    Path pidFile = home.resolve("postgres/data/postmaster.pid");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    for (long pid : List.of(gone.pid(), ProcessHandle.current().pid())) {
      Files.writeString(
          pidFile, "%d\n%s\n1790000000\n1\n\n127.0.0.1\n".formatted(pid, pidFile.getParent()));
      try (EmbeddedServer server = join()) {
        assertThat(server.startedHere()).isTrue();
        assertThat(postmaster().pid()).isNotEqualTo(pid);
      }
    }
  }

  @Test
  void aServerThatWasKilledStartsAgainWithItsRows() throws Exception {
    aHomeThatWasUsed();
    try (EmbeddedServer server = join()) {
      execute(server, "CREATE TABLE kept AS SELECT 7 AS seven");
      ProcessHandle postmaster = ProcessHandle.of(postmaster().pid()).orElseThrow();
      postmaster.destroyForcibly();
      postmaster.onExit().join();
      try (EmbeddedServer next = join()) {
        assertThat(next.startedHere()).isTrue();
        assertThat(value(next, "SELECT seven FROM kept")).isEqualTo("7");
      }
    }
  }

  @Test
  void aTakenPortIsReplaced() throws Exception {
    aHomeThatWasUsed();
    Path file = home.resolve("postgres/connection.properties");
    int before = ConnectionInfo.read(file).orElseThrow().port();
    try (ServerSocket _ = new ServerSocket(before, 1, InetAddress.getLoopbackAddress());
        EmbeddedServer server = join()) {
      assertThat(ConnectionInfo.read(file).orElseThrow().port()).isNotEqualTo(before);
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aLostPasswordFileIsRecreated() throws Exception {
    aHomeThatWasUsed();
    String before;
    try (EmbeddedServer server = join()) {
      before = server.password();
      execute(server, "CREATE TABLE kept AS SELECT 7 AS seven");
    }
    Files.delete(home.resolve("postgres/connection.properties"));
    try (EmbeddedServer server = join()) {
      assertThat(server.password()).isNotEqualTo(before);
      assertThat(value(server, "SELECT seven FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void twentyAtOnceOnAnEmptyFolderGetOneServer() throws Exception {
    List<ClientProcess> processes = new ArrayList<>();
    List<EmbeddedServer> servers = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        processes.add(new ClientProcess(home, BINARIES));
      }
      Callable<EmbeddedServer> join = this::join;
      for (var joined : executor.invokeAll(java.util.Collections.nCopies(16, join))) {
        servers.add(joined.get());
      }
      long started = servers.stream().filter(EmbeddedServer::startedHere).count();
      for (ClientProcess process : processes) {
        started += process.answer().equals("started") ? 1 : 0;
      }
      assertThat(started).isEqualTo(1);
      assertThat(servers.stream().map(EmbeddedServer::jdbcUrl).distinct()).hasSize(1);
      Callable<Void> leave =
          () -> {
            EmbeddedServer mine;
            synchronized (servers) {
              mine = servers.removeLast();
            }
            mine.close();
            return null;
          };
      for (var left : executor.invokeAll(java.util.Collections.nCopies(16, leave))) {
        left.get();
      }
      assertThat(postmaster().isAlive()).isTrue();
    } finally {
      for (ClientProcess process : processes) {
        process.close();
      }
    }
  }

  @Test
  void whatIsAcknowledgedIsOnTheDiskAndOnlyTheOwnerGetsIn() throws Exception {
    try (EmbeddedServer server = join()) {
      assertThat(
              value(
                  server,
                  """
                  SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
                  WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
                      'listen_addresses', 'unix_socket_directories', 'server_encoding')
                  """))
          .isEqualTo(
              "fsync=on full_page_writes=on listen_addresses=127.0.0.1 server_encoding=UTF8"
                  + " synchronous_commit=on unix_socket_directories=");
      assertThat(value(server, "SELECT lower('ÉTOILE') || (U&'\\FF5E' < U&'\\+01F40E')"))
          .isEqualTo("étoiletrue");
      assertThat(permissions(home.resolve("postgres"))).isEqualTo("rwx------");
      assertThat(permissions(home.resolve("postgres/connection.properties")))
          .isEqualTo("rw-------");
      for (String wrong : List.of("", "studbook")) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(server.jdbcUrl(), "studbook", wrong).close())
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void theServerIsGivenNothingOfOurEnvironment() throws Exception {
    aHomeThatWasUsed();
    try (EmbeddedServer server = EmbeddedServer.join(home, announced::add, OPTIONS);
        var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE env (line text)");
      statement.execute("COPY env FROM PROGRAM 'env'");
      List<String> names = new ArrayList<>();
      try (var rows = statement.executeQuery("SELECT DISTINCT split_part(line, '=', 1) FROM env")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      assertThat(names)
          .contains("PATH")
          .allMatch(name -> name.matches("PATH|LC_.*|PG.*|PWD|OLDPWD|SHLVL|_"));
    }
  }

  @Test
  void nothingIsWrittenThroughAPlantedLink() throws Exception {
    aHomeThatWasUsed();
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    for (String name : List.of("command.log", "connection.properties")) {
      Path file = home.resolve("postgres").resolve(name);
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, victim);
    }
    EmbeddedServer.join(home, announced::add, OPTIONS).close();
    assertThat(victim).hasContent("precious");
  }

  @Test
  void anInterruptedClientStillStopsItsServer() throws Exception {
    aHomeThatWasUsed();
    EmbeddedServer server = join();
    long postmaster = postmaster().pid();
    Thread.currentThread().interrupt();
    server.close();
    assertThat(Thread.interrupted()).isTrue();
    assertEnds(postmaster);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidInOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> EmbeddedServer.join(file.resolve("home"), announced::add))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("STUDBOOK_HOME")
        .hasMessageEndingWith("set DATABASE_URL.");
  }

  @Test
  void aPlatformWithoutBinariesNeedsADatabaseUrl() {
    assertThatThrownBy(() -> PostgresBinaries.of("Plan 9", "mips"))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("Plan 9 on mips")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void aRefusedDataFolderIsReportedWithTheLogsLastLines() throws Exception {
    aHomeThatWasUsed();
    Files.writeString(home.resolve("postgres/data/PG_VERSION"), "12\n");
    assertThatThrownBy(this::join)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("initialized by PostgreSQL version 12");
    assertThat(files(home.resolve("postgres/clients"))).isEmpty();
  }

  private void aHomeThatWasUsed() throws IOException {
    try (Stream<Path> paths = Files.walk(used)) {
      for (Path path : paths.toList()) {
        Files.copy(path, home.resolve(used.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private EmbeddedServer join() {
    return EmbeddedServer.join(
        home,
        announced::add,
        new EmbeddedServer.ServerOptions(Optional.of(BINARIES), Optional.empty()));
  }

  private Postmaster postmaster() throws IOException {
    return Postmaster.read(home.resolve("postgres/data/postmaster.pid")).orElseThrow();
  }

  /** pg_ctl is content when the pid file is gone; the process ends a moment later. */
  private static void assertEnds(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  static void execute(EmbeddedServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String value(EmbeddedServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
