package studbook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.faults.PostgresProxy.value;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.Terminal.Result;

/** A statement is committed, and the connection is reset before its reply arrives. */
class LostReplyTest {

  private static final int HORSES = 600;
  private static final String CLAIM = "SET token = p.token + 1, owner";

  @TempDir Path folder;

  private static String[] backfill(String... more) {
    List<String> words = new ArrayList<>(List.of("backfill", "--rate", "unlimited"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static String[] overDays() {
    return backfill("--racecards-since", "2025-06-16", "--racecards-until", "2025-06-30");
  }

  private static void assertThatItEndedWell(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  private static void assertThatItHappened(PostgresProxy.Drop drop) {
    assertThat(drop.happened()).as("a reply was dropped after its commit").isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"1, range", "2, range", "3, range", "1, day", "2, day", "5, day"})
  void ofAClaim(int execution, String kind) throws Exception {
    try (Yard yard = Yard.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, CLAIM, value(kind));
      assertThatItEndedWell(yard.startHere(overDays()).join());
      assertThatItHappened(drop);
      yard.assertThatAllLawsHold(Terms.STRICT);
    }
  }

  /** The claim was answered; the horses of the piece that it took never arrive. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void ofTheReadingOfAPiece(int execution) throws Exception {
    try (Yard yard = Yard.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(proxy.port()));
      PostgresProxy.Drop drop =
          proxy.dropReply(execution, "SELECT l.horse_id", "studbook.piece", "'pending'");
      assertThatItEndedWell(yard.startHere(backfill()).join());
      assertThatItHappened(drop);
      yard.assertThatAllLawsHold(Terms.STRICT);
    }
  }

  @Test
  void ofTheClaimOfRememberedRacecards() throws Exception {
    try (Yard yard = Yard.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(yard.database.port())) {
      List<String> first = new ArrayList<>(List.of(overDays()));
      first.addAll(List.of("--max", "10"));
      assertThatItEndedWell(yard.terminal.run(first.toArray(String[]::new)));
      assertThat(yard.count("SELECT count(*) FROM studbook.known_profile")).isPositive();
      yard.reach(yard.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, CLAIM, value("known"));
      assertThatItEndedWell(yard.startHere(backfill()).join());
      assertThatItHappened(drop);
      assertThat(yard.count("SELECT count(*) FROM studbook.ledger WHERE source = 'known'"))
          .as("settled without a request")
          .isPositive();
      assertThat(yard.count("SELECT count(*) FROM studbook.ledger WHERE state = 'pending'"))
          .isZero();
    }
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("outcomes of profiles", 1, new String[] {"WITH fence AS", "\"pro\""}),
        Arguments.of("outcomes of a day", 1, new String[] {"INSERT INTO studbook.sweep_day"}),
        Arguments.of("the closing of a range", 1, new String[] {"SET open = false", "NOT EXISTS"}),
        Arguments.of("the end of the sweep", 1, new String[] {"SET open = false", "kind = 'day'"}),
        Arguments.of("a heartbeat", 1, new String[] {"SET last_seen = clock_timestamp()"}),
        Arguments.of(
            "the renewal of leases",
            1,
            new String[] {"SET lease_until = clock_timestamp() + interval"}),
        Arguments.of("a sample", 3, new String[] {"INSERT INTO studbook.sample"}),
        Arguments.of("what the answers held", 2, new String[] {"INSERT INTO studbook.field"}),
        Arguments.of(
            "the giving back of leases", 1, new String[] {"SET lease_until = '-infinity'"}));
  }

  /** Each is repeated or known to be done; nothing is done twice. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void ofAStatementInTheMiddleOfARun(String name, int execution, String[] fragments)
      throws Exception {
    try (Yard yard = Yard.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, fragments);
      assertThatItEndedWell(yard.startHere(overDays()).join());
      assertThatItHappened(drop);
      assertThat(yard.count("SELECT sum(sent) FROM studbook.sample"))
          .as("requests in the samples")
          .isEqualTo(yard.arrivals());
      yard.assertThatAllLawsHold(Terms.STRICT);
    }
  }
}
