package studbook.simulator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangingPopulationTest {

  private static final int SIZE = 20_000;
  private static final DailyChanges CHANGES = new DailyChanges(1_000, 100, 0.002, 0.1, 0.001);

  private final Population base = new SyntheticPopulation(1, SIZE);
  private int today;
  private final ChangingPopulation population =
      new ChangingPopulation(base, CHANGES, 5, () -> today);

  private List<HorseRecord> on(int day) {
    today = day;
    return IntStream.range(0, SIZE).mapToObj(population::horse).toList();
  }

  private static long count(List<HorseRecord> horses, Predicate<HorseRecord> condition) {
    return horses.stream().filter(condition).count();
  }

  private static boolean isAvailable(HorseRecord horse) {
    return horse.availability() != ProfileAvailability.NONE;
  }

  @Test
  void onDayZeroOnlyTheReservedHorsesAreMissing() {
    List<HorseRecord> horses = on(0);
    assertThat(horses.subList(0, SIZE - 1_000))
        .containsExactlyElementsOf(IntStream.range(0, SIZE - 1_000).mapToObj(base::horse).toList());
    assertThat(horses.subList(SIZE - 1_000, SIZE)).noneMatch(ChangingPopulationTest::isAvailable);
  }

  @Test
  void eachDayHundredHorsesAppear() {
    today = 3;
    assertThat(population.hasAppeared(SIZE - 701)).isTrue();
    assertThat(population.hasAppeared(SIZE - 700)).isFalse();
    today = 50;
    assertThat(population.hasAppeared(SIZE - 1)).isTrue();
  }

  @Test
  void theShareThatChangesAndVanishesIsTheGivenOne() {
    List<HorseRecord> before = on(0);
    List<HorseRecord> after = on(10);
    int old = SIZE - 1_000;
    long changed =
        IntStream.range(0, old)
            .filter(i -> !values(before.get(i)).equals(values(after.get(i))))
            .count();
    assertThat(changed).as("2 % in ten days").isCloseTo(old / 50, within(60L));
    long vanished =
        count(before.subList(0, old), ChangingPopulationTest::isAvailable)
            - count(after.subList(0, old), ChangingPopulationTest::isAvailable);
    assertThat(vanished).as("1 % in ten days").isCloseTo(old / 100, within(45L));
  }

  private static List<Object> values(HorseRecord horse) {
    return List.of(
        String.valueOf(horse.dob()),
        String.valueOf(horse.sexCode()),
        String.valueOf(horse.breeder()));
  }

  @Test
  void changesAreGeldingsBreedersAndDatesOfBirth() {
    List<HorseRecord> before = on(0);
    List<HorseRecord> after = on(20);
    int gelded = 0;
    int moved = 0;
    int sold = 0;
    for (int i = 0; i < SIZE - 1_000; i++) {
      HorseRecord was = before.get(i);
      HorseRecord is = after.get(i);
      gelded += "G".equals(is.sexCode()) && !"G".equals(was.sexCode()) ? 1 : 0;
      moved += was.dob() != null && !was.dob().equals(is.dob()) ? 1 : 0;
      sold += !String.valueOf(was.breeder()).equals(String.valueOf(is.breeder())) ? 1 : 0;
      assertThat(is.name()).isEqualTo(was.name());
    }
    assertThat(List.of(gelded, moved, sold)).allMatch(count -> count > 30);
  }

  @Test
  void theSameDayHasTheSameHorses() {
    List<HorseRecord> first = on(7);
    on(9);
    assertThat(on(7)).isEqualTo(first);
  }

  @Test
  void runnersAreTheHorsesOfToday() {
    today = 30;
    List<LocalDate> days = LocalDate.of(2026, 6, 1).datesUntil(LocalDate.of(2026, 7, 1)).toList();
    List<HorseRecord> runners =
        days.stream().flatMap(day -> population.runners(day).stream()).toList();
    assertThat(runners)
        .allSatisfy(runner -> assertThat(population.horse(runner.id())).contains(runner));
    assertThat(runners)
        .as("without those that vanished")
        .hasSizeLessThan(days.stream().mapToInt(day -> base.runners(day).size()).sum())
        .hasSizeGreaterThan(200);
  }
}
