package studbook.simulator.racecards;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import studbook.simulator.population.random.SeededRandom;
import tools.jackson.core.JsonGenerator;

/** Writes a race with its runners. */
final class RaceWriter {

  private static final DateTimeFormatter OFF_TIME =
      DateTimeFormatter.ofPattern("h:mm", Locale.ROOT);
  private static final String[] NAMES = {
    "Handicap",
    "Nursery Handicap",
    "Maiden Stakes",
    "Novices' Hurdle",
    "Handicap Chase",
    "Selling Stakes",
    "Fillies' Conditions Stakes",
    "Bumper"
  };
  private static final String[] SPONSORS = {
    "Old Penny", "Friends Of The Course", "Hedgerow Every Race", "Somershire Gazette", "Tallyho"
  };
  private static final String[] GOING = {"Good", "Good To Soft", "Soft", "Heavy", "Good To Firm"};

  private final JsonGenerator json;
  private final SeededRandom random;
  private final TextGenerator text;
  private final RunnerWriter runners;

  RaceWriter(JsonGenerator json, SeededRandom random) {
    this.json = json;
    this.random = random;
    this.text = new TextGenerator(random);
    this.runners = new RunnerWriter(json, random);
  }

  void write(Race race, LocalDate day) {
    json.writeStartObject();
    race(race, day);
    json.writeArrayPropertyStart("runners");
    for (int number = 1; number <= race.runners().size(); number++) {
      runners.write(race, day, number);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void race(Race race, LocalDate day) {
    long key = race.number();
    int furlongs = 5 + random.below(20, "distance", key);
    String distance = furlongs / 8 == 0 ? furlongs + "f" : furlongs / 8 + "m" + furlongs % 8 + "f";
    String name = random.pick(NAMES, "race", key);
    boolean jumps = name.contains("Hurdle") || name.contains("Chase");
    text("race_id", "rac_" + key);
    text("course", race.racecourse().name());
    text("course_id", race.racecourse().id());
    text("date", day.toString());
    text("off_time", OFF_TIME.format(race.off()));
    text("off_dt", day + "T" + race.off() + ":00+00:00");
    text("race_name", random.pick(SPONSORS, "sponsor", key) + " " + name);
    text("distance_round", distance);
    text("distance", distance);
    text("distance_f", furlongs + ".0");
    text("region", race.racecourse().region());
    text("pattern", "");
    text("sex_restriction", "");
    text("race_class", "Class " + (2 + random.below(5, "class", key)));
    text("type", jumps ? "Jumps" : "Flat");
    text("age_band", "3yo+");
    text("rating_band", "0-" + (60 + 5 * random.below(9, "band", key)));
    text("prize", "£" + (3 + random.below(20, "prize", key)) + ",140");
    text("field_size", Integer.toString(race.runners().size()));
    for (String blank : new String[] {"going_detailed", "rail_movements", "stalls", "weather"}) {
      text(blank, "");
    }
    text("going", random.pick(GOING, "going", day.toEpochDay()));
    text("surface", "Turf");
    text("jumps", jumps ? "8" : "");
    json.writeBooleanProperty("big_race", false);
    json.writeBooleanProperty("is_abandoned", false);
    text("tip", race.runners().isEmpty() ? "" : race.runners().getFirst().name());
    text("verdict", text.paragraph("verdict", key));
    text("betting_forecast", "");
  }

  private void text(String name, String value) {
    json.writeStringProperty(name, value);
  }
}
