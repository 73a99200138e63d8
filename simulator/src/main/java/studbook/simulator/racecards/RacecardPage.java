package studbook.simulator.racecards;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import studbook.simulator.population.Population;
import studbook.simulator.population.UnlistedRunners;
import studbook.simulator.population.random.SeededRandom;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The racecards of any day, page by page, computed on demand: the same seed and population give the
 * same bytes. Safe for many threads.
 */
public final class RacecardPage implements RacecardPages {

  /** Enough for most runners, so that a large day is not copied repeatedly as it grows. */
  private static final int BYTES_OF_A_RUNNER = 3_800;

  private final Population population;
  private final UnlistedRunners unlisted;
  private final SeededRandom random;
  private final JsonFactory factory = new JsonFactory();

  public RacecardPage(Population population, long seed) {
    this.population = population;
    this.unlisted = new UnlistedRunners(seed);
    this.random = new SeededRandom(seed);
  }

  @Override
  public byte[] page(LocalDate day, int limit, int skip) {
    List<Race> races = RaceDay.races(population, unlisted, random, day);
    List<Race> shown = races.stream().skip(skip).limit(limit).toList();
    int runners = shown.stream().mapToInt(race -> race.runners().size()).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((1 + runners) * BYTES_OF_A_RUNNER);
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      RaceWriter writer = new RaceWriter(json, random);
      json.writeStartObject();
      json.writeArrayPropertyStart("racecards");
      shown.forEach(race -> writer.write(race, day));
      json.writeEndArray();
      json.writeNumberProperty("total", races.size());
      json.writeNumberProperty("limit", limit);
      json.writeNumberProperty("skip", skip);
      json.writeArrayPropertyStart("query");
      json.writeStartArray();
      json.writeString("date");
      json.writeString(day.toString());
      json.writeEndArray();
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
