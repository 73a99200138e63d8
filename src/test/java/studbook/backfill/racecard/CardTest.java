package studbook.backfill.racecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.model.LedgerState;
import studbook.model.RawProfile.RawParent;
import studbook.model.RawProfile;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

class CardTest {

  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final Inspection INSPECTION = new Inspection(Clock.systemUTC(), Map.of());

  private static Outcome outcome(@Nullable String dob, @Nullable String sireId) {
    RawProfile raw =
        new RawProfile(
            "Night Ferry (IRE)",
            dob,
            "mare",
            "M",
            "bay",
            "BAY",
            null,
            new RawParent(sireId, "Far Shore (GB)"),
            new RawParent(null, null),
            new RawParent(null, null));
    return Card.of(HORSE, raw, INSPECTION).outcome(new Lease(1, 2, 3), "racecards");
  }

  @Test
  void aRunnerWithDateOfBirthAndLinkedParentsEnriches() {
    assertThat(outcome("2017-04-02", "sir_31").state()).isEqualTo(LedgerState.ENRICHED);
    assertThat(outcome("2017-04-02T00:00:00Z", "31").state()).isEqualTo(LedgerState.ENRICHED);
  }

  @Test
  void aRunnerWhoseParentHasANameAndNoIdCompletesNothing() {
    Outcome lost = outcome("2017-04-02", null);
    assertThat(lost.state()).isEqualTo(LedgerState.PENDING);
    assertThat(lost.profile().orElseThrow().dob()).isNull();
    assertThat(outcome("2017-04-02", "no id").state()).isEqualTo(LedgerState.PENDING);
  }

  @Test
  void aRunnerWhoseDateOfBirthIsRejectedCompletesNothing() {
    assertThat(outcome("02/04/2017", "sir_31").state()).isEqualTo(LedgerState.PENDING);
  }
}
