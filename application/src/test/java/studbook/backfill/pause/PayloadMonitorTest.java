package studbook.backfill.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.model.Field;
import studbook.model.Parent;
import studbook.model.PauseCause;
import studbook.model.Profile;
import studbook.model.ProfileParents;

class PayloadMonitorTest {

  private static final LocalDate DAY = LocalDate.of(2017, 4, 2);
  private static final Profile WHOLE = profile(DAY, "sir_1");
  private static final Profile WITHOUT_DOB = profile(null, "sir_1");
  private static final Profile WITHOUT_SIRE_ID = profile(DAY, null);

  private final ManualTicker ticker = new ManualTicker();
  private final RequestGate gate = new RequestGate(ticker, () -> {});

  private static Profile profile(@Nullable LocalDate dob, @Nullable String sireId) {
    return new Profile(
        dob,
        "mare",
        "M",
        "bay",
        "B",
        "gb",
        "A Breeder",
        new ProfileParents(
            new Parent(sireId, "Sire"),
            new Parent("dam_2", "Dam"),
            new Parent("dsi_3", "Damsire")));
  }

  private PayloadMonitor monitor(Map<Field, Double> usual, String... unknown) {
    return new PayloadMonitor(
        gate, ticker, EnumSet.allOf(Field.class), usual, () -> List.of(unknown));
  }

  private boolean isPaused() {
    return gate.runPause().map(PauseInfo::cause).filter(PauseCause.PAYLOAD::equals).isPresent();
  }

  /** How many are accepted until the run is paused. */
  private int acceptedBeforeThePause(PayloadMonitor monitor, Profile profile, int most) {
    int accepted = 0;
    while (accepted < most && monitor.accepts(profile, ticker.nanos())) {
      accepted++;
    }
    return accepted;
  }

  @Test
  void aFieldThatIsMissingFromTheStartPausesAfterADozen() {
    assertThat(acceptedBeforeThePause(monitor(Map.of()), WITHOUT_DOB, 1_000)).isEqualTo(11);
    assertThat(isPaused()).isTrue();
    assertThat(gate.runPause().orElseThrow().reason())
        .startsWith("12 of the last 12 profiles have no usable dob (usual: 4%)");
  }

  @Test
  void aFieldThatVanishesInMidRunPausesBeforeFiftyAreWrittenOff() {
    PayloadMonitor monitor = monitor(Map.of(), "sireId");
    assertThat(acceptedBeforeThePause(monitor, WHOLE, 10_000)).isEqualTo(10_000);
    assertThat(acceptedBeforeThePause(monitor, WITHOUT_SIRE_ID, 1_000)).isLessThan(25);
    assertThat(gate.runPause().orElseThrow().reason())
        .contains("no usable sire_id (usual: 0%), but unknown fields: sireId");
  }

  @Test
  void whatIsUsualPausesNothing() {
    PayloadMonitor monitor = monitor(Map.of(Field.DOB, 0.6));
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      assertThat(monitor.accepts(random.nextInt(10) < 6 ? WHOLE : WITHOUT_DOB, ticker.nanos()))
          .isTrue();
    }
  }

  @Test
  void aProfileThatHasTheFieldAgainEndsThePause() {
    PayloadMonitor monitor = monitor(Map.of());
    long before = ticker.nanos();
    ticker.seconds(1);
    acceptedBeforeThePause(monitor, WITHOUT_DOB, 100);
    assertThat(monitor.accepts(WHOLE, before)).isFalse();
    assertThat(monitor.accepts(WITHOUT_DOB, ticker.nanos())).isFalse();
    assertThat(monitor.accepts(WITHOUT_SIRE_ID, ticker.nanos())).isTrue();
    assertThat(isPaused()).isFalse();
  }

  @Test
  void aProcessThatFollowsThePauseOfAnotherEndsItWithAWholeProfileOnly() {
    PayloadMonitor monitor = monitor(Map.of());
    gate.follow(PauseCause.PAYLOAD, "another process says so");
    assertThat(monitor.accepts(WITHOUT_DOB, ticker.nanos())).isFalse();
    assertThat(monitor.accepts(WITHOUT_SIRE_ID, ticker.nanos())).isFalse();
    assertThat(isPaused()).isTrue();
    assertThat(monitor.accepts(WHOLE, ticker.nanos())).isTrue();
    assertThat(isPaused()).isFalse();
  }

  @Test
  void whatAPersonLetsThroughIsUsualAfterAFewPauses() {
    PayloadMonitor monitor = monitor(Map.of());
    int pauses = 0;
    for (int i = 0; i < 10_000; i++) {
      if (!monitor.accepts(WITHOUT_DOB, ticker.nanos())) {
        pauses++;
        gate.resume();
      }
    }
    assertThat(pauses).isBetween(2, 6);
  }
}
