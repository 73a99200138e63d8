package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import studbook.security.Secret;

class DatabaseAddressTest {

  private static final String PASSWORD = "Xq7Zw9Kv3J";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://ann:pw@db.example.org:6543/racing |"
            + " jdbc:postgresql://db.example.org:6543/racing",
        "postgres://ann:pw@db.example.org/racing | jdbc:postgresql://db.example.org:5432/racing",
        "postgresql://ann@/racing | jdbc:postgresql://localhost:5432/racing",
        "postgresql:// | jdbc:postgresql://localhost:5432/ann",
        "postgresql://db.example.org | jdbc:postgresql://db.example.org:5432/ann",
        "postgresql://[::1]:5433/racing | jdbc:postgresql://[::1]:5433/racing",
        "postgresql://ann:pw@[2001:db8::7]/racing | jdbc:postgresql://[2001:db8::7]:5432/racing",
        "postgresql://one:1,two,three:3/racing | jdbc:postgresql://one:1,two:5432,three:3/racing",
        "postgresql://ann@h/my%20races%2F1 | jdbc:postgresql://h:5432/my+races%2F1",
        "jdbc:postgresql://h:1/racing?user=ann | jdbc:postgresql://h:1/racing",
        "jdbc:postgresql://h?user=ann | jdbc:postgresql://h:5432/ann",
        "jdbc:postgresql:racing | jdbc:postgresql://localhost:5432/racing",
        "jdbc:postgresql:/ | jdbc:postgresql://localhost:5432/ann",
        "jdbc:postgresql://a:1,b:2/racing | jdbc:postgresql://a:1,b:2/racing",
        "postgresql:///racing?host=db.example.org&port=6543 |"
            + " jdbc:postgresql://db.example.org:6543/racing",
        "postgresql://old:1/old?host=one,::1&dbname=racing |"
            + " jdbc:postgresql://one:1,[::1]:1/racing",
        "postgresql:///racing?hostaddr=10.0.0.7 |"
            + " jdbc:postgresql://10.0.0.7:5432/racing?socketFactoryArg=10.0.0.7%3A5432%3D10.0.0.7",
        "postgresql://db:1/racing?hostaddr=10.0.0.7 |"
            + " jdbc:postgresql://db:1/racing?socketFactoryArg=db%3A1%3D10.0.0.7",
      })
  void readsBothFormsWithTheirDefaults(String url, String jdbcUrl) {
    DatabaseAddress address = DatabaseAddress.parse(url, "ann");
    assertThat(address.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(address.username()).isEqualTo(Secret.of("ann"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sslmode=require | sslmode=require",
        "sslmode=require&sslrootcert=/etc/ca.pem | sslmode=verify-ca&sslrootcert=%2Fetc%2Fca.pem",
        "sslmode=verify-full&sslrootcert=system |"
            + " sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
        "sslrootcert=system |"
            + " sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
        "ssl=true | sslmode=require",
        "ssl=true&sslmode=verify-full | sslmode=verify-full",
        "require_auth=scram-sha-256 | requireAuth=scram-sha-256",
        "workaround=supabase-pooler.vercel&socket_timeout=60&schema=public | ''",
        "sslmode=verify-full&sslrootcert=/etc/ca+1.pem |"
            + " sslmode=verify-full&sslrootcert=%2Fetc%2Fca%2B1.pem",
        "connect_timeout=10 | connectTimeout=10",
        "connect_timeout=-1 | connectTimeout=0",
        "application_name=a%26b | ApplicationName=a%26b",
        "options=-c%20search_path%3Draces | options=-c+search_path%3Draces",
        "target_session_attrs=read-write | targetServerType=primary",
        "target_session_attrs=prefer-standby | targetServerType=preferSecondary",
        "channel_binding=require | channelBinding=require",
        "load_balance_hosts=random | loadBalanceHosts=true",
        "schema=races | currentSchema=races",
        "pgbouncer=true&connection_limit=1&pool_timeout=0&supa=base-pooler.x&keepalives=1 | ''",
      })
  void translatesTheOptionsOfLibpq(String query, String translated) {
    String url = DatabaseAddress.parse("postgresql://ann@h/db?" + query).jdbcUrl();
    assertThat(url)
        .isEqualTo("jdbc:postgresql://h:5432/db" + (translated.isEmpty() ? "" : "?" + translated));
  }

  @Test
  void theDriverAcceptsTheResult() {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "postgresql://ann:p%40%2F%2B%20w+@[::1]:6543/my%20races%2F1"
                + "?sslmode=verify-full&options=-c%20search_path%3Da%2Cb&application_name=a%2Bb");
    Properties properties = Driver.parseURL(address.jdbcUrl(), new Properties());
    assertThat(properties)
        .containsEntry("PGHOST", "[::1]")
        .containsEntry("PGPORT", "6543")
        .containsEntry("PGDBNAME", "my races/1")
        .containsEntry("sslmode", "verify-full")
        .containsEntry("options", "-c search_path=a,b")
        .containsEntry("ApplicationName", "a+b");
    assertThat(address.password()).contains(Secret.of("p@/+ w+"));
    assertThat(address.location()).isEqualTo("[::1]:6543/my races/1");
  }

  @Test
  void takesTheOptionsOfTheDriverAndThePasswordFromAJdbcQuery() {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "jdbc:postgresql://h/db?user=a%40b&password=p%26+w&prepareThreshold=0&ssl=true");
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://h:5432/db?prepareThreshold=0&ssl=true");
    assertThat(address.username()).isEqualTo(Secret.of("a@b"));
    assertThat(address.password()).contains(Secret.of("p& w"));
  }

  @Test
  void aUserMayHaveNoPassword() {
    assertThat(DatabaseAddress.parse("postgresql://ann@h/db").password()).isEmpty();
    assertThat(DatabaseAddress.parse("postgresql://ann:@h/db").password()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://h/db | should begin with postgresql://",
        "'' | should begin with postgresql://",
        "postgresql://ann:p@ss@h/db | has an @ that does not end the user and password",
        "postgresql://ann:12/34@h/db | has an @ that does not end the user and password",
        "postgresql://ann:pw@h:port/db | has no valid host:port",
        "postgresql://ann:pw@h:70000/db | has a port that is not between 1 and 65535",
        "postgresql://ann:pw@h h/db | has no valid host:port",
        "postgresql://ann:pw@%2Fvar%2Frun/db | names the directory of a Unix socket",
        "postgresql://ann:p%w@h/db | has a % that is not followed by two hexadecimal digits",
        "postgresql://ann:p%00@h/db | has a control character",
        "postgresql://ann:[YOUR-PASSWORD]@h/db | still has the placeholder",
        "postgresql://h/db?sslmod=require | has the parameter sslmod, which is unknown here",
        "postgresql://h/db?sslpassword=x | has the parameter sslpassword, which is unknown here",
        "postgresql://h/db?sslmode=on | has a sslmode that is not one of disable, allow",
        "postgresql://h/db?target_session_attrs=x | has a target_session_attrs that is not one of"
            + " any",
        "postgresql://h/db?connect_timeout=soon | has a connect_timeout that is no number",
        "postgresql://h/db?sslmode=require&sslrootcert=system | has sslrootcert=system with"
            + " sslmode=require",
        "postgresql:///db?host=/var/run | names the directory of a Unix socket",
        "postgresql:///db?host=a b | has a host that is neither a name nor an address",
        "postgresql:///db?host=a,b&port=1,2,3 | has another number of ports than of hosts",
        "postgresql://h/db?hostaddr=db.example.org | has a hostaddr that is no address",
        "postgresql://h/db?hostaddr=10.0.0.1,10.0.0.2 | has another number of addresses",
        "postgresql://h/db?ssl=maybe | has an ssl that is neither true nor false",
        "postgresql://h/db?service=racing | names a service that no service file defines",
        "postgresql://h/db?sslmode | has a query with a part that is not name=value",
        "postgresql://h/db?password=a&b=c | has an unknown parameter behind its user or password",
        "jdbc:postgresql://ann:pw@h/db | has an @ before its query",
        "jdbc:postgresql://h/db?PGHOST=x | has the parameter PGHOST, which is unknown here",
      })
  void refusesTheRestWithASentence(String url, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseAddress.parse(url))
        .withMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:%s@db.example.org:5432/racing?sslmode=require",
        "postgresql://ann@db.example.org/racing?password=%s&sslmode=require",
        "jdbc:postgresql://db.example.org/racing?user=ann&password=%s&sslmode=require",
      })
  void noMalformedUrlRevealsPartOfThePassword(String form) {
    String mangles = "@/:?&%#[]=, +\u0000\u001b\"'ä";
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      StringBuilder password = new StringBuilder(PASSWORD);
      for (int i = random.nextInt(4); i >= 0; i--) {
        password.insert(
            1 + random.nextInt(PASSWORD.length() - 1),
            mangles.charAt(random.nextInt(mangles.length())));
      }
      String shown = shown(form.replace("%s", password));
      for (String piece : password.toString().split("[^A-Za-z0-9]", -1)) {
        // A piece of one or two letters stands in any sentence by chance.
        if (piece.length() > 2) {
          assertThat(shown).as("seed %s, %s", seed, password).doesNotContainIgnoringCase(piece);
        }
      }
    }
  }

  /** All that anyone may print of an URL: the address and what it is made of, or the refusal. */
  private static String shown(String url) {
    try {
      DatabaseAddress address = DatabaseAddress.parse(url);
      return String.join(
          " ",
          address.toString(),
          address.jdbcUrl(),
          address.location(),
          address.username().toString(),
          address.password().toString());
    } catch (IllegalArgumentException e) {
      assertThat(e.getCause()).isNull();
      return e.toString();
    }
  }
}
