package studbook.bench.limit;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.racecards.RacecardPages;

/**
 * Racecards with few runners, so that decoding and writing them does not limit the rate of
 * requests. No horse runs on two days.
 */
record SmallDays(Population population, LocalDate first) implements RacecardPages {

  static final int RUNNERS = 40;

  @Override
  public byte[] page(LocalDate day, int limit, int skip) {
    int begin = (int) ChronoUnit.DAYS.between(first, day) * RUNNERS;
    String runners =
        IntStream.range(begin, begin + RUNNERS)
            .mapToObj(index -> runner(population.named(index)))
            .collect(Collectors.joining(","));
    String page =
        """
        {"racecards":[{"date":"%s","runners":[%s]}],"total":1}
        """
            .formatted(day, runners);
    return page.getBytes(StandardCharsets.UTF_8);
  }

  private static String runner(NamedHorse horse) {
    return """
    {"horse_id":"%s","horse":"Runner","region":"GB","dob":"2020-03-04","sex":"filly","sex_code":"F","colour":"b",
     "sire":"Far Shore","sire_id":"sir_9","sire_region":"GB","dam":"Old Mill","dam_id":"dam_8","dam_region":"GB",
     "damsire":"Grey Quay","damsire_id":"dsi_7","damsire_region":"GB","breeder":"A Breeder"}
    """
        .formatted(horse.id());
  }
}
