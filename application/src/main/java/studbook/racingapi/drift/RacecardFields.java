package studbook.racingapi.drift;

import java.util.Set;

/**
 * The fields of a page of racecards that Studbook skips. Source: the API's OpenAPI description,
 * version 1.4.3.
 */
public final class RacecardFields {

  /** Beside {@code racecards} and {@code total}. */
  public static final Set<String> OF_PAGE = Set.of("limit", "skip", "query");

  /** Of a race. */
  public static final Set<String> OF_RACE =
      Set.of(
          "age_band",
          "betting_forecast",
          "big_race",
          "course",
          "course_id",
          "distance",
          "date",
          "distance_f",
          "distance_round",
          "field_size",
          "going",
          "going_detailed",
          "is_abandoned",
          "jumps",
          "off_dt",
          "off_time",
          "pattern",
          "prize",
          "race_class",
          "race_id",
          "race_name",
          "rail_movements",
          "rating_band",
          "region",
          "runners",
          "sex_restriction",
          "stalls",
          "surface",
          "tip",
          "type",
          "verdict",
          "weather");

  /** Beside those of a profile. */
  public static final Set<String> OF_RUNNER =
      Set.of(
          "age",
          "comment",
          "draw",
          "form",
          "headgear",
          "headgear_run",
          "jockey",
          "jockey_id",
          "last_run",
          "lbs",
          "medical",
          "number",
          "odds",
          "ofr",
          "owner",
          "owner_id",
          "past_results_flags",
          "prev_owners",
          "prev_trainers",
          "quotes",
          "rpr",
          "silk_url",
          "spotlight",
          "stable_tour",
          "trainer",
          "trainer_14_days",
          "trainer_id",
          "trainer_location",
          "trainer_rtf",
          "ts",
          "wind_surgery",
          "wind_surgery_run");

  private RacecardFields() {}
}
