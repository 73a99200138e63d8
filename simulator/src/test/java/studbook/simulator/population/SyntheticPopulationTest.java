package studbook.simulator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticPopulationTest {

  private static final int SIZE = 40_000;

  private final Population population = new SyntheticPopulation(1, SIZE);

  @Test
  void theSameSeedIsTheSamePopulation() {
    assertThat(all(new SyntheticPopulation(1, 500)))
        .containsExactlyElementsOf(all(new SyntheticPopulation(1, 500)).toList());
    assertThat(new SyntheticPopulation(2, 500).horse(7))
        .isNotEqualTo(new SyntheticPopulation(1, 500).horse(7));
  }

  @Test
  void anIdLeadsBackToItsHorse() {
    for (int index = 0; index < SIZE; index++) {
      assertThat(population.indexOf(population.named(index).id())).hasValue(index);
    }
    assertThat(population.indexOf("hrs_1")).isEmpty();
    assertThat(population.indexOf("hrs_999999999999999999")).isEmpty();
    String number = population.named(3).id().substring(4);
    assertThat(population.indexOf("hrs_0" + number)).isEmpty();
  }

  @Test
  void mostNamesAndAllIdsAreUnique() {
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    population
        .horses()
        .forEach(horse -> {
          names.add(horse.name());
          ids.add(horse.id());
        });
    assertThat(ids).hasSize(SIZE);
    assertThat(names).hasSizeGreaterThan(SIZE * 99 / 100);
    assertThat(names).allMatch(name -> name.matches("[\\p{L}' ]+ \\([A-Z]{2,3}\\)"));
    assertThat(names).anyMatch(name -> name.contains("'"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100, 1_000, SIZE})
  void parentsAreOlderHorsesOfTheRightSexInEveryPopulation(int size) {
    Population some = new SyntheticPopulation(5, size);
    all(some)
        .forEach(horse -> {
          HorseRecord sire = parent(some, horse.sire());
          HorseRecord dam = parent(some, horse.dam());
          assertThat(sire == null).isEqualTo(dam == null);
          if (sire != null && dam != null) {
            assertThat(sire.sexCode()).isIn("H", "C");
            assertThat(dam.sexCode()).isIn("M", "F");
            assertThat(horse.damsire()).isEqualTo(dam.sire());
            assertOlder(sire, horse);
            assertOlder(dam, horse);
          }
        });
  }

  @Test
  void aMareHasOneFoalAYear() {
    Set<String> foalings = new HashSet<>();
    List<String> all =
        all(population)
            .filter(horse -> horse.dam() != null && horse.dob() != null)
            .map(horse -> year(horse) + " " + horse.dam())
            .toList();

    foalings.addAll(all);
    assertThat(foalings).hasSameSizeAs(all);
  }

  @Test
  void theSharesAreThoseOfTheReferencePopulation() {
    assertThat(share(horse -> horse.availability() != ProfileAvailability.DETAILED))
        .isCloseTo(0.02, within(0.003));
    assertThat(share(horse -> horse.availability() == ProfileAvailability.NONE))
        .isBetween(0.001, 0.008);
    assertThat(share(horse -> horse.dob() == null)).isCloseTo(0.002, within(0.001));
    assertThat(share(horse -> horse.sire() == null)).isCloseTo(0.02, within(0.003));
    assertThat(share(horse -> "IRE".equals(horse.region()))).isCloseTo(0.46, within(0.02));
    assertThat(share(horse -> "R".equals(horse.sexCode()))).isBetween(0.0001, 0.002);
    assertThat(share(horse -> horse.dob() != null && year(horse) >= 2005)).isGreaterThan(0.7);
  }

  @Test
  void breedersHaveAmpersandsAndAccents() {
    assertThat(share(has("&"))).isPositive();
    assertThat(share(has("'"))).isPositive();
    assertThat(share(has("ü"))).isPositive();
  }

  @Test
  void almostHalfAreOnRacecardsWithinThousandDays() {
    Set<String> seen = new HashSet<>();
    Map<String, Integer> runs = new HashMap<>();
    Set<Integer> sizes = new HashSet<>();
    LocalDate day = Population.FIRST_RACE_DAY;
    for (int i = 0; i < 1_150; i++) {
      LocalDate today = day.plusDays(i);
      List<HorseRecord> runners = population.runners(today);
      sizes.add(runners.size());
      Set<String> once = new HashSet<>();
      for (HorseRecord runner : runners) {
        assertThat(once.add(runner.id())).as("%s runs once on %s", runner, today).isTrue();
        assertThat(runner.availability()).isEqualTo(ProfileAvailability.DETAILED);
        assertThat(runner.dob() == null || today.getYear() - year(runner) >= 2).isTrue();
        runs.merge(runner.id(), 1, Integer::sum);
      }
      seen.addAll(once);
    }
    double aDay = runs.values().stream().mapToInt(n -> n).sum() / 1_150.0;
    assertThat(seen.size() / (double) SIZE).isCloseTo(0.45, within(0.01));
    assertThat(aDay * 111_430 / SIZE).isBetween(110.0, 140.0);
    assertThat(sizes).hasSizeGreaterThan(20);
    assertThat(runs.values()).contains(1, 2, 3, 4);
  }

  @Test
  void inAShortSeasonFewDaysYieldAlmostHalf() {
    Population short60 = SyntheticPopulation.racingWithin(60, 1, 1_000);
    LocalDate newest = LocalDate.of(2026, 3, 1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 80; i++) {
      short60.runners(newest.minusDays(i)).forEach(runner -> seen.add(runner.id()));
    }
    assertThat(seen).hasSizeBetween(430, 470);
    assertThat(all(short60))
        .as("the horses are the same")
        .containsExactlyElementsOf(all(new SyntheticPopulation(1, 1_000)).toList());
  }

  @Test
  void aSizeThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new SyntheticPopulation(1, 0))
        .hasMessageContaining("not a population");
    assertThat(new SyntheticPopulation(1, 10_000_000).horse(9_999_999).id()).isNotNull();
  }

  private Predicate<HorseRecord> has(String text) {
    return horse -> {
      String breeder = horse.breeder();
      return breeder != null && breeder.contains(text);
    };
  }

  private double share(Predicate<HorseRecord> wanted) {
    return all(population).filter(wanted).count() / (double) SIZE;
  }

  private static Stream<HorseRecord> all(Population population) {
    return IntStream.range(0, population.size()).mapToObj(population::horse);
  }

  private static @Nullable HorseRecord parent(Population population, @Nullable ParentRef parent) {
    if (parent == null) {
      return null;
    }
    HorseRecord horse = population.horse("hrs_" + parent.number()).orElseThrow();
    assertThat(parent.name()).isEqualTo(horse.name());
    assertThat(parent.region()).isEqualTo(horse.region());
    return horse;
  }

  private static void assertOlder(HorseRecord parent, HorseRecord foal) {
    if (parent.dob() != null && foal.dob() != null) {
      assertThat(year(foal) - year(parent)).isBetween(4, 50);
    }
  }

  private static int year(HorseRecord horse) {
    LocalDate dob = horse.dob();
    return dob == null ? 0 : dob.getYear();
  }
}
