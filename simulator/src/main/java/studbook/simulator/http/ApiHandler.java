package studbook.simulator.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.racecards.RacecardPages;

/** Answers requests without faults. Safe for many threads. */
public final class ApiHandler {

  private static final int MOST = 500;
  private static final int DAYS_AHEAD = 7;
  private static final ApiReply NOT_FOUND = ApiReply.detail(404, "Not Found");

  private final Population population;
  private final RacecardPages racecards;
  private final Clock clock;
  private final ProfileWriter profiles = new ProfileWriter();

  public ApiHandler(Population population, RacecardPages racecards, Clock clock) {
    this.population = population;
    this.racecards = racecards;
    this.clock = clock;
  }

  public ApiReply answer(ApiRequest request) {
    return switch (request.endpoint()) {
      case PRO ->
          horse(request.horse())
              .filter(horse -> horse.availability() == ProfileAvailability.DETAILED)
              .map(horse -> new ApiReply(200, profiles.detailed(horse)))
              .orElse(NOT_FOUND);
      case STANDARD ->
          horse(request.horse())
              .filter(horse -> horse.availability() != ProfileAvailability.NONE)
              .map(horse -> new ApiReply(200, profiles.standard(horse)))
              .orElse(NOT_FOUND);
      case RACECARDS -> racecards(request);
      case OTHER -> NOT_FOUND;
    };
  }

  private Optional<HorseRecord> horse(@Nullable String id) {
    return id == null ? Optional.empty() : population.horse(id);
  }

  private ApiReply racecards(ApiRequest request) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
    LocalDate day;
    try {
      day = LocalDate.parse(request.parameters().getOrDefault("date", today.toString()));
    } catch (DateTimeException e) {
      return ApiReply.badParameter("date", "invalid date format", "value_error.date");
    }
    if (day.isBefore(Population.FIRST_RACE_DAY) || day.isAfter(today.plusDays(DAYS_AHEAD))) {
      return ApiReply.badParameter("date", "date is out of range", "value_error.date");
    }
    OptionalInt limit = number(request, "limit", MOST, 1);
    if (limit.isEmpty()) {
      return notANumber("limit", 1);
    }
    OptionalInt skip = number(request, "skip", 0, 0);
    if (skip.isEmpty()) {
      return notANumber("skip", 0);
    }
    return new ApiReply(200, racecards.page(day, limit.getAsInt(), skip.getAsInt()));
  }

  private static OptionalInt number(ApiRequest request, String name, int otherwise, int least) {
    String text = request.parameters().getOrDefault(name, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,4}")) {
      return OptionalInt.empty();
    }
    int value = Integer.parseInt(text);
    return value >= least && value <= MOST ? OptionalInt.of(value) : OptionalInt.empty();
  }

  private static ApiReply notANumber(String name, int least) {
    return ApiReply.badParameter(
        name,
        "ensure this value is a number from " + least + " to " + MOST,
        "value_error.number.not_le");
  }
}
