package studbook.simulator.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import studbook.model.HorseId;
import studbook.simulator.population.Coverage;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.simulator.racecards.Pages;

/** What the API answers when nothing is wrong with it. Safe for use by many threads. */
public final class HonestApi {

  private static final int MOST = 500;
  private static final int DAYS_AHEAD = 7;
  private static final Reply NOT_FOUND = Reply.detail(404, "Not Found");

  private final Population population;
  private final Pages racecards;
  private final Clock clock;
  private final ProfileWriter profiles = new ProfileWriter();

  public HonestApi(Population population, Pages racecards, Clock clock) {
    this.population = population;
    this.racecards = racecards;
    this.clock = clock;
  }

  public Reply answer(Request request) {
    return switch (request.endpoint()) {
      case PRO ->
          horse(request.horse())
              .filter(horse -> horse.coverage() == Coverage.DETAILED)
              .map(horse -> new Reply(200, profiles.detailed(horse)))
              .orElse(NOT_FOUND);
      case STANDARD ->
          horse(request.horse())
              .filter(horse -> horse.coverage() != Coverage.NONE)
              .map(horse -> new Reply(200, profiles.standard(horse)))
              .orElse(NOT_FOUND);
      case RACECARDS -> racecards(request);
      case OTHER -> NOT_FOUND;
    };
  }

  private Optional<HorseRecord> horse(@Nullable HorseId id) {
    return id == null ? Optional.empty() : population.horse(id);
  }

  private Reply racecards(Request request) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
    LocalDate day;
    try {
      day = LocalDate.parse(request.parameters().getOrDefault("date", today.toString()));
    } catch (DateTimeException e) {
      return Reply.badParameter("date", "invalid date format", "value_error.date");
    }
    if (day.isBefore(Population.FIRST_RACE_DAY) || day.isAfter(today.plusDays(DAYS_AHEAD))) {
      return Reply.badParameter("date", "date is out of range", "value_error.date");
    }
    OptionalInt limit = number(request, "limit", MOST, 1);
    if (limit.isEmpty()) {
      return notANumber("limit", 1);
    }
    OptionalInt skip = number(request, "skip", 0, 0);
    if (skip.isEmpty()) {
      return notANumber("skip", 0);
    }
    return new Reply(200, racecards.page(day, limit.getAsInt(), skip.getAsInt()));
  }

  private static OptionalInt number(Request request, String name, int otherwise, int least) {
    String text = request.parameters().getOrDefault(name, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,4}")) {
      return OptionalInt.empty();
    }
    int value = Integer.parseInt(text);
    return value >= least && value <= MOST ? OptionalInt.of(value) : OptionalInt.empty();
  }

  private static Reply notANumber(String name, int least) {
    return Reply.badParameter(
        name,
        "ensure this value is a number from " + least + " to " + MOST,
        "value_error.number.not_le");
  }
}
