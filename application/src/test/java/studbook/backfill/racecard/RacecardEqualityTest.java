package studbook.backfill.racecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import studbook.model.ProfileValidator;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacecardRunner;
import studbook.racingapi.RacingApi;
import studbook.security.Secret;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** Every horse is served both ways, and what may be written of it is the same field by field. */
class RacecardEqualityTest {

  private static final LocalDate DAY = LocalDate.of(2025, 5, 17);

  /** A population of which everybody runs, every day. */
  private record Everybody(List<HorseRecord> records) implements Population {

    @Override
    public int size() {
      return records.size();
    }

    @Override
    public HorseRecord horse(int index) {
      return records.get(index);
    }

    @Override
    public NamedHorse named(int index) {
      return new NamedHorse(horse(index).id(), horse(index).fullName());
    }

    @Override
    public OptionalInt indexOf(String id) {
      return IntStream.range(0, size()).filter(i -> horse(i).id().equals(id)).findFirst();
    }

    @Override
    public List<HorseRecord> runners(LocalDate day) {
      return records;
    }
  }

  private static final String[] ODD_NAMES = {
    "-",
    "0",
    "Unnamed",
    "unknown",
    "N/A",
    "O'Hara's Lass",
    "Étoile d'Été",
    "Two\u0007Bells",
    "Fred II"
  };
  private static final String[] BLANK_NAMES = {"", " ", "\u00a0", "\u200b"};
  private static final String[] REGIONS = {"GB", "IRE", "FR", "USA", "SAF"};

  @Test
  void theSameHorseGivesTheSameRecordWhicheverWayItCame() throws Exception {
    List<HorseRecord> horses = population();
    ProfileValidator validator = new ProfileValidator(SystemTime.clock(), Map.of());
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.unlimited("a", "b"), new Everybody(horses));
        RacingApi api = api(simulator.baseUri())) {
      RacecardResponse day = api.fetchRacecards(DAY, 0).response();
      assertThat(day).isInstanceOf(RacecardResponse.RacecardPageRead.class);
      List<RacecardRunner> runners = ((RacecardResponse.RacecardPageRead) day).runners();
      int compared = 0;
      for (RacecardRunner runner : runners) {
        if (api.fetchProfile(runner.horse(), Endpoint.PRO).response()
            instanceof ProfileResponse.Found(var profile)) {
          assertThat(validator.inspect(runner.horse(), runner.profile()))
              .as("%s: %s and %s", runner.horse(), runner.profile(), profile)
              .usingRecursiveComparison()
              .isEqualTo(validator.inspect(runner.horse(), profile));
          compared++;
        }
      }
      assertThat(compared).isEqualTo(horses.size());
    }
  }

  private static RacingApi api(URI base) {
    ApiAccount account =
        new ApiAccount(base, Secret.of("a"), Secret.of("b"), Duration.ofSeconds(30));
    return new RacingApi(account, "test", SystemTime.clock(), SystemTime.ticker());
  }

  private static List<HorseRecord> population() {
    SyntheticPopulation usual = new SyntheticPopulation(5, 900);
    List<HorseRecord> horses = new ArrayList<>();
    for (int i = 0; i < usual.size(); i++) {
      HorseRecord horse = usual.horse(i);
      if (horse.availability() == ProfileAvailability.DETAILED) {
        horses.add(i % 3 == 0 ? odd(horse, i) : horse);
      }
    }
    return horses;
  }

  private static HorseRecord odd(HorseRecord horse, int i) {
    boolean nameless = i % 5 == 0;
    String name =
        nameless ? BLANK_NAMES[i / 5 % BLANK_NAMES.length] : ODD_NAMES[i % ODD_NAMES.length];
    String region = nameless ? null : REGIONS[i % REGIONS.length];
    ParentRef parent = new ParentRef("77" + i, name, region);
    String blank = i % 4 == 0 ? "" : null;
    return new HorseRecord(
        horse.id(),
        i % 2 == 0 ? horse.name() : name,
        region,
        i % 7 == 0 ? null : horse.dob(),
        i % 6 == 0 ? blank : horse.sexCode(),
        i % 9 == 0 ? "unknown" : horse.colour(),
        i % 8 == 0 ? " - " : horse.breeder(),
        i % 10 == 0 ? null : parent,
        i % 11 == 0 ? null : new ParentRef(horse.number(), "Own Dam", "GB"),
        i % 12 == 0 ? null : parent,
        ProfileAvailability.DETAILED);
  }
}
