package studbook.simulator.racecards;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.simulator.population.UnlistedRunners;
import studbook.simulator.population.random.SeededRandom;

/**
 * All races of a day: runners of the population among enough unlisted ones to fill thirty to fifty
 * races, and more races if a large population needs them.
 */
final class RaceDay {

  private static final int SMALLEST_FIELD = 6;
  private static final int LARGEST_FIELD = 14;
  private static final int RACES_OF_A_MEETING = 7;
  private static final int MOST_RACES = 1000;

  private final LocalDate day;
  private final SeededRandom random;

  private RaceDay(LocalDate day, SeededRandom random) {
    this.day = day;
    this.random = random;
  }

  static List<Race> races(
      Population population, UnlistedRunners unlisted, SeededRandom random, LocalDate day) {
    List<HorseRecord> runners = new ArrayList<>(population.runners(day));
    RaceDay raceDay = new RaceDay(day, random);
    int[] fields = raceDay.fields(runners.size());
    int total = 0;
    for (int field : fields) {
      total += field;
    }
    runners.addAll(unlisted.runners(day, Math.max(0, total - runners.size())));
    Collections.shuffle(
        runners, new Random(random.below(Integer.MAX_VALUE, "draw", day.toEpochDay())));
    return raceDay.races(fields, runners);
  }

  private int[] fields(int known) {
    int ordinary =
        30
            + random.below(14, "races", day.toEpochDay())
            + switch (day.getDayOfWeek()) {
              case DayOfWeek.SATURDAY -> 7;
              case DayOfWeek.SUNDAY, DayOfWeek.MONDAY -> 0;
              default -> 3;
            };
    int needed = Math.ceilDiv(known, LARGEST_FIELD - 2);
    int races = Math.clamp(needed, ordinary, MOST_RACES);
    int[] fields = new int[races];
    for (int race = 0; race < races; race++) {
      fields[race] =
          needed > ordinary
              ? LARGEST_FIELD
              : SMALLEST_FIELD
                  + random.below(LARGEST_FIELD - SMALLEST_FIELD + 1, "field", number(race));
    }
    return fields;
  }

  private List<Race> races(int[] fields, List<HorseRecord> runners) {
    List<Race> races = new ArrayList<>();
    int first = 0;
    for (int race = 0; race < fields.length; race++) {
      int meeting = race / RACES_OF_A_MEETING;
      int course = random.below(Racecourse.ALL.length, "meeting", day.toEpochDay()) + meeting;
      LocalTime off =
          LocalTime.of(13, 0).plusMinutes(30L * (race % RACES_OF_A_MEETING) + 7L * meeting % 30);
      int last = Math.min(runners.size(), first + fields[race]);
      races.add(
          new Race(
              number(race),
              Racecourse.ALL[course % Racecourse.ALL.length],
              off,
              List.copyOf(runners.subList(first, last))));
      first = last;
    }
    return races;
  }

  private long number(int race) {
    return day.toEpochDay() * MOST_RACES + race;
  }
}
