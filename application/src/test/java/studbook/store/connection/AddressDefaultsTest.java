package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.security.Secret;
import studbook.store.TestDatabase;
import studbook.store.database.Database;
import studbook.store.libpq.ConnectionDefaults;

/** What completes a URL, and what comes first: URL, service, variables, password file. */
class AddressDefaultsTest {

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  private DatabaseAddress parse(String url) {
    return DatabaseAddress.parse(
        url,
        ConnectionDefaults.of(name -> Optional.ofNullable(environment.get(name)), home, "system"));
  }

  private void file(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void variablesCompleteAUri() {
    environment.putAll(
        Map.of(
            "PGHOST", "db.example.org",
            "PGPORT", "6543",
            "PGUSER", "ann",
            "PGPASSWORD", "pw",
            "PGDATABASE", "racing",
            "PGSSLMODE", "verify-full",
            "PGSSLROOTCERT", "/ca.pem",
            "PGAPPNAME", "app",
            "PGCONNECT_TIMEOUT", "7"));
    DatabaseAddress address = parse("postgresql://");
    assertThat(address.jdbcUrl())
        .startsWith("jdbc:postgresql://db.example.org:6543/racing?")
        .contains("sslmode=verify-full", "sslrootcert=%2Fca.pem")
        .contains("ApplicationName=app", "connectTimeout=7");
    assertThat(address.username()).isEqualTo(Secret.of("ann"));
    assertThat(address.password()).contains(Secret.of("pw"));
    assertThat(address.location()).isEqualTo("db.example.org:6543/racing");
  }

  @Test
  void theUriComesFirstThenTheServiceThenTheVariables() throws IOException {
    file(".pg_service.conf", "[racing]\nhost=service\nport=2\nuser=of-service\nsslmode=require\n");
    environment.putAll(
        Map.of(
            "PGHOST", "variable",
            "PGPORT", "3",
            "PGUSER", "of-variable",
            "PGDATABASE", "variable",
            "PGSSLMODE", "disable"));
    DatabaseAddress address = parse("postgresql://uri?service=racing");
    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://uri:2/variable?sslmode=require");
    assertThat(address.username()).isEqualTo(Secret.of("of-service"));
    environment.put("PGSERVICE", "racing");
    assertThat(parse("postgresql:///db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://service:2/db?sslmode=require");
    assertThat(parse("postgresql://uri/db?ssl=true").jdbcUrl()).endsWith("sslmode=require");
  }

  @Test
  void aServiceIsReadFromTheUsersFileThenTheSystems() throws IOException {
    file("own", "[one]\nhost=own\n");
    file("system/pg_service.conf", "[one]\nhost=system\n[two]\nhost=system\n");
    environment.put("PGSERVICEFILE", home.resolve("own").toString());
    environment.put("PGSYSCONFDIR", home.resolve("system").toString());
    assertThat(parse("postgresql:///db?service=one").location()).isEqualTo("own:5432/db");
    assertThat(parse("postgresql:///db?service=two").location()).isEqualTo("system:5432/db");
  }

  @Test
  void anErrorNamesItsSource() throws IOException {
    environment.put("PGHOST", "/var/run/postgresql");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql:///db"))
        .withMessageStartingWith(
            "is completed by PGHOST, which names the directory of a Unix socket");
    environment.put("PGHOSTADDR", "db.example.org");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql://h/db"))
        .withMessage(
            "is completed by PGHOSTADDR, which has a hostaddr that is no address in figures");
    environment.put("PGHOSTADDR", "127.0.0.1,127.0.0.2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql://h/db"))
        .withMessageStartingWith("is completed by PGHOSTADDR, which has another number");
    environment.remove("PGHOSTADDR");
    environment.put("PGSSLMODE", "on");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql://h/db"))
        .withMessageStartingWith("is completed by PGSSLMODE, which has a sslmode that is not one");
    file(".pg_service.conf", "[racing]\nhots=h\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql://h/db?service=racing"))
        .withMessageStartingWith("is completed by its service, which has the parameter hots");
  }

  @Test
  void thePasswordFileIsReadLast() throws IOException {
    file(".pgpass", "one:5432:db:ann:of-one\ntwo:*:*:*:of-two\n");
    assertThat(parse("postgresql://ann@one/db").password()).contains(Secret.of("of-one"));
    assertThat(parse("postgresql://ann:@two/db").password()).contains(Secret.of("of-two"));
    assertThat(parse("jdbc:postgresql://one/db?user=ann").password()).contains(Secret.of("of-one"));
    assertThat(parse("postgresql://ann@three/db").password()).isEmpty();
    assertThat(parse("postgresql://ann:own@one/db").password()).contains(Secret.of("own"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("postgresql://ann@one,two/db"))
        .withMessageContaining("the same password for all");
    file("other", "*:*:*:*:of-other\n");
    environment.put("PGPASSFILE", home.resolve("other").toString());
    assertThat(parse("postgresql://ann@one,two/db").password()).contains(Secret.of("of-other"));
    environment.put("PGPASSWORD", "of-variable");
    assertThat(parse("postgresql://ann@one/db").password()).contains(Secret.of("of-variable"));
  }

  @Test
  void aJdbcUrlIsNotCompletedByVariables() {
    environment.putAll(Map.of("PGHOST", "variable", "PGSSLMODE", "disable", "PGUSER", "variable"));
    DatabaseAddress address = parse("jdbc:postgresql:racing");
    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost:5432/racing");
    assertThat(address.username()).isEqualTo(Secret.of("system"));
  }

  @Test
  void theRootCertificateOfTheHomeFolderIsVerifiedWithRequire() throws IOException {
    assertThat(parse("postgresql://h/db?sslmode=require").jdbcUrl()).endsWith("?sslmode=require");
    file(".postgresql/root.crt", "");
    assertThat(parse("postgresql://h/db?sslmode=require").jdbcUrl())
        .contains("sslmode=verify-ca&sslrootcert=")
        .endsWith("root.crt");
    assertThat(parse("postgresql://h/db?sslmode=prefer").jdbcUrl()).endsWith("?sslmode=prefer");
  }

  @Test
  void theServerIsEnteredWithVariablesAndThePasswordFileAlone() throws IOException {
    try (TestDatabase database = TestDatabase.fresh()) {
      URI uri = URI.create(database.libpqUri());
      environment.putAll(
          Map.of(
              "PGHOST", "db.example.org",
              "PGPORT", Integer.toString(uri.getPort()),
              "PGDATABASE", uri.getPath().substring(1),
              "PGUSER", database.username()));
      String url = "postgresql://";
      environment.put("PGHOSTADDR", "127.0.0.1");
      try (Database without = Database.open(parse(url), 1)) {
        assertThatThrownBy(without::probe).hasMessageContaining("PGPASSWORD or a password file");
      }
      file(".pgpass", "db.example.org:*:*:*:" + database.password() + "\n");
      try (Database entered = Database.open(parse(url), 1)) {
        assertThatCode(entered::probe).doesNotThrowAnyException();
      }
    }
  }
}
