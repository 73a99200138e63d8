package studbook.backfill.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

class ValidatedRunnerTest {

  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final ProfileValidator INSPECTION =
      new ProfileValidator(Clock.systemUTC(), Map.of());

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
    return ValidatedRunner.of(HORSE, raw, INSPECTION).outcome(new Lease(1, 2, 3), "racecards");
  }

  @Test
  void aRunnerWithDateOfBirthAndLinkedParentsEnriches() {
    assertThat(outcome("2017-04-02", "sir_31").state()).isEqualTo(HorseStatus.ENRICHED);
    assertThat(outcome("2017-04-02T00:00:00Z", "31").state()).isEqualTo(HorseStatus.ENRICHED);
  }

  @Test
  void aRunnerWhoseParentHasANameAndNoIdCompletesNothing() {
    Outcome lost = outcome("2017-04-02", null);
    assertThat(lost.state()).isEqualTo(HorseStatus.PENDING);
    assertThat(lost.profile().orElseThrow().dob()).isNull();
    assertThat(outcome("2017-04-02", "no id").state()).isEqualTo(HorseStatus.PENDING);
  }

  @Test
  void aRunnerWhoseDateOfBirthIsRejectedCompletesNothing() {
    assertThat(outcome("02/04/2017", "sir_31").state()).isEqualTo(HorseStatus.PENDING);
  }
}
