package studbook.simulator.racecards;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.name.PersonGenerator;
import studbook.simulator.population.random.SeededRandom;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a runner: the horse with bare names and regions, and daily racing data invented from the
 * horse's number and the race's.
 */
final class RunnerWriter {

  private static final String[] BOOKMAKERS = {
    "Tallyho Bet",
    "Old Penny",
    "Furlong & Sons",
    "Betterby",
    "Ringside",
    "Nine Bells",
    "Oddfellow",
    "Hedgerow",
    "Turnpike Sports",
    "Marker & Mile",
    "Ledgerline",
    "Saddlebag",
    "Copper Kettle",
    "Quartermile",
    "Plain Dealing",
    "Exchange Row"
  };
  private static final String[] ODDS = {"6/4", "2/1", "11/4", "4/1", "13/2", "9/1", "16/1", "33/1"};
  private static final String[] DECIMALS = {"2.5", "3", "3.75", "5", "7.5", "10", "17", "34"};
  private static final String[] HEADGEAR = {"", "", "", "", "", "h", "p", "b", "v", "t"};

  private final JsonGenerator json;
  private final SeededRandom random;
  private final PersonGenerator persons;
  private final TextGenerator text;

  RunnerWriter(JsonGenerator json, SeededRandom random) {
    this.json = json;
    this.random = random;
    this.persons = new PersonGenerator(random);
    this.text = new TextGenerator(random);
  }

  void write(Race race, LocalDate day, int number) {
    HorseRecord horse = race.runners().get(number - 1);
    long horseKey = Long.parseLong(horse.number());
    long key = race.number() * 100 + number;
    json.writeStartObject();
    horse(horse, day);
    trainer(horseKey);
    comments(race, key, horseKey);
    start(key, number, race.runners().size());
    odds(race, day, key);
    json.writeEndObject();
  }

  private void horse(HorseRecord horse, LocalDate day) {
    LocalDate dob = horse.dob();
    text("horse_id", horse.id());
    text("horse", horse.name());
    text("dob", dob == null ? null : dob.toString());
    text("age", dob == null ? null : Integer.toString(day.getYear() - dob.getYear()));
    text("sex", horse.sex());
    text("sex_code", horse.sexCode());
    text("colour", horse.colour());
    text("region", horse.region());
    text("breeder", horse.breeder());
    parent("dam", "dam_", horse.dam());
    parent("sire", "sir_", horse.sire());
    parent("damsire", "dsi_", horse.damsire());
  }

  private void parent(String role, String prefix, @Nullable ParentRef parent) {
    text(role, parent == null ? null : parent.name());
    text(role + "_id", parent == null ? null : prefix + parent.number());
    text(role + "_region", parent == null ? null : parent.region());
  }

  private void trainer(long horseKey) {
    int trainer = random.below(900, "trainer", horseKey);
    int runs = random.below(40, "trainer's runs", trainer);
    int wins = runs / 7;
    text("trainer", persons.name("trainer", trainer));
    text("trainer_id", "trn_" + (70_000 + trainer));
    text("trainer_location", persons.place("trainer's place", trainer) + ", Somershire");
    json.writeObjectPropertyStart("trainer_14_days");
    text("runs", Integer.toString(runs));
    text("wins", Integer.toString(wins));
    text("percent", Integer.toString(runs == 0 ? 0 : 100 * wins / runs));
    json.writeEndObject();
    text("owner", persons.name("owner", horseKey) + " & Partners");
    text("owner_id", "own_" + (700_000 + random.below(90_000, "owner's id", horseKey)));
    empty("prev_trainers");
    empty("prev_owners");
  }

  private void comments(Race race, long key, long horseKey) {
    boolean covered = race.racecourse().hasOdds();
    text("comment", covered ? text.sentence("comment", key) : "");
    text("spotlight", covered ? text.paragraph("spotlight", key) : "");
    json.writeArrayPropertyStart("quotes");
    for (int quote = 0; covered && quote < random.below(3, "quotes", horseKey); quote++) {
      json.writeStartObject();
      text("date", "2022-11-" + (10 + quote));
      text("race", "Novices' Stakes");
      text("quote", text.paragraph("quote " + quote, horseKey));
      json.writeEndObject();
    }
    json.writeEndArray();
    empty("stable_tour");
    empty("medical");
  }

  private void start(long key, int number, int fieldSize) {
    int rating = 45 + random.below(60, "rating", key);
    int jockey = random.below(400, "jockey", key);
    text("number", Integer.toString(number));
    text("draw", Integer.toString(fieldSize + 1 - number));
    text("headgear", random.pick(HEADGEAR, "headgear", key));
    text("headgear_run", "");
    text("wind_surgery", "");
    text("wind_surgery_run", "");
    empty("past_results_flags");
    text("lbs", Integer.toString(112 + random.below(40, "weight", key)));
    text("ofr", Integer.toString(rating));
    text("rpr", Integer.toString(rating + 4));
    text("ts", Integer.toString(rating - 15));
    text("jockey", persons.name("jockey", jockey));
    text("jockey_id", "jky_" + (700_000 + jockey));
    text("silk_url", "https://silks.invalid/svg/" + random.below(90_000, "silk", key) + ".svg");
    text("last_run", Integer.toString(7 + random.below(60, "last run", key)));
    text("form", Integer.toString(random.below(100_000, "form", key)));
    text("trainer_rtf", Integer.toString(random.below(100, "in form", key)));
  }

  private void odds(Race race, LocalDate day, long key) {
    LocalTime updated = race.off().minusMinutes(1);
    json.writeArrayPropertyStart("odds");
    for (int maker = 0; race.racecourse().hasOdds() && maker < BOOKMAKERS.length; maker++) {
      int odds =
          Math.clamp(
              (long) random.below(ODDS.length, "odds", key)
                  + random.below(2, "odds of one", key * 31 + maker),
              0,
              ODDS.length - 1);
      json.writeStartObject();
      text("bookmaker", BOOKMAKERS[maker]);
      text("fractional", ODDS[odds]);
      text("decimal", DECIMALS[odds]);
      text("ew_places", "3");
      text("ew_denom", "5");
      text("updated", day + " " + updated + ":08");
      empty("history");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void text(String name, @Nullable String value) {
    json.writeStringProperty(name, value == null ? "" : value);
  }

  private void empty(String name) {
    json.writeArrayPropertyStart(name);
    json.writeEndArray();
  }
}
