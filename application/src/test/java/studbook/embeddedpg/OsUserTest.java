package studbook.embeddedpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.security.FileOwner;

/** Root, whom PostgreSQL refuses. What the machine cannot show is skipped. */
class OsUserTest {

  private static final Path BINARIES = TestBinaries.FOLDER;

  @TempDir Path home;

  @BeforeEach
  void onlyForRoot() throws Exception {
    assumeThat(new UnixSystem().getUid()).isZero();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void rootRunsTheServerAsNobodyWithoutANamespace() throws Exception {
    assumeThat(works(OsUser.SETPRIV)).isTrue();
    String url;
    try (EmbeddedServer server = join(Optional.of(OsUser.SETPRIV))) {
      url = server.jdbcUrl();
      EmbeddedServerTest.execute(server, "CREATE TABLE kept AS SELECT 7 AS seven");
      assertThat(Files.getAttribute(home.resolve("postgres/data/PG_VERSION"), "unix:uid"))
          .isEqualTo(65534);
    }
    try (EmbeddedServer server = join(Optional.of(OsUser.UNMAPPED))) {
      assertThat(server.jdbcUrl()).isEqualTo(url);
      assertThat(EmbeddedServerTest.value(server, "SELECT seven FROM kept")).isEqualTo("7");
    }
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whoever may write in a folder may plant a link there, through which root would write. */
  @Test
  void theFolderStaysRootsAndOnlyDataAndLogAreTheServers() throws Exception {
    assumeThat(works(OsUser.SETPRIV)).isTrue();
    Path folder = Files.createDirectories(home.resolve("postgres"));
    Files.setAttribute(folder, "unix:uid", 65534); // as an older version left it
    try (EmbeddedServer server = join(Optional.of(OsUser.SETPRIV))) {
      List<String> theirs = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (owner(file) != 0) {
            theirs.add(file.getFileName().toString());
          }
        }
      }
      assertThat(theirs).containsExactlyInAnyOrder("data", "server.log");
      assertThat(owner(folder)).isZero();
      assertThatThrownBy(() ->
              EmbeddedServerTest.execute(
                  server,
                  "COPY (SELECT 1) TO PROGRAM 'ln -s /etc/hostname ../connection.properties.new'"))
          .hasMessageContaining("failed");
      try (EmbeddedServer second = join(Optional.of(OsUser.SETPRIV))) {
        EmbeddedServerTest.execute(second, "SELECT pg_reload_conf()");
      }
    }
  }

  @Test
  void nothingIsReadOrWrittenThroughALinkInTheDataFolder() throws Exception {
    assumeThat(works(OsUser.SETPRIV)).isTrue();
    Path victim = Files.writeString(home.resolve("victim"), "precious");
    Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
    Path settings = home.resolve("postgres/data/studbook.conf");
    try (EmbeddedServer server = join(Optional.of(OsUser.SETPRIV))) {
      EmbeddedServerTest.execute(
          server,
          "COPY (SELECT 1) TO PROGRAM 'ln -sf %1$s studbook.conf; ln -sf %1$s studbook.conf.new'"
              .formatted(victim));
    }
    assertThat(settings).isSymbolicLink();
    assertThatThrownBy(() -> join(Optional.of(OsUser.SETPRIV)))
        .as("the server's user may not write it")
        .isInstanceOf(EmbeddedServerException.class);
    assertThat(victim).hasContent("precious");
  }

  @Test
  void rootWithoutAnOptionGetsInstructions() throws Exception {
    OsUser missing = new OsUser(List.of("no-such-program-here"), FileOwner.ROOT);
    OsUser refused = new OsUser(List.of("false"), FileOwner.ROOT);
    ServerDirectory directory = ServerDirectory.in(home);
    assertThatThrownBy(() -> OsUser.chooseForRoot(directory, List.of(missing, refused)))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("does not run as root")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void theFirstWayThatWorksIsTaken() throws Exception {
    OsUser missing = new OsUser(List.of("no-such-program-here"), FileOwner.ROOT);
    OsUser works = new OsUser(List.of("env"), FileOwner.ROOT);
    assertThat(OsUser.chooseForRoot(ServerDirectory.in(home), List.of(missing, works)))
        .isEqualTo(works);
  }

  private boolean works(OsUser user) throws Exception {
    ServerDirectory directory = ServerDirectory.in(home);
    if (!user.owner().isRoot()) {
      directory.letThrough();
    }
    return new PostgresCommands(directory, user).succeeds("test", "-x", BINARIES.toString());
  }

  private EmbeddedServer join(Optional<OsUser> user) {
    return EmbeddedServer.join(
        home, _ -> {}, new EmbeddedServer.ServerOptions(Optional.of(BINARIES), user));
  }
}
