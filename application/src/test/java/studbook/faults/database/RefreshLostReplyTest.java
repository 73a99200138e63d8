package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.RefreshFixture;
import studbook.faults.proxy.PostgresProxy;

/** A batch of a refresh is committed, and the connection is reset before the reply arrives. */
class RefreshLostReplyTest {

  private static final String COMPARISON = "INSERT INTO studbook.change";
  private static final String DAY = "INSERT INTO studbook.racecard_day";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({COMPARISON + ", 1", COMPARISON + ", 3", DAY + ", 1"})
  void ofACommit(String statement, int execution) throws Exception {
    try (RefreshFixture fixture = RefreshFixture.open(folder);
        PostgresProxy proxy = PostgresProxy.to(fixture.environment.database.port())) {
      fixture.environment.reach(fixture.environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, statement);

      Result result = fixture.environment.startHere(RefreshFixture.refresh("unlimited")).join();

      assertThat(result.code()).as(result.err() + result.out()).isZero();
      assertThat(drop.happened()).as("a reply was dropped after its commit").isTrue();
      fixture.assertThatEachChangeWasWrittenOnce();
    }
  }
}
