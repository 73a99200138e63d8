package studbook.racingapi;

import java.util.List;
import studbook.model.ErrorKind;

/** The result of a request for a page of a day's racecards. */
public sealed interface RacecardResponse
    permits RacecardResponse.RacecardPageRead, RacecardResponse.NoSuchDay, ProfileResponse.Failure {

  /**
   * Some races of the day.
   *
   * @param races on this page
   * @param total races of the day on all pages; the page's number if the API does not say
   * @param runners in the order of the page; one may be in several races
   * @param flaws entries that are not runners
   */
  record RacecardPageRead(
      int races, int total, List<RacecardRunner> runners, List<RacecardFlaw> flaws)
      implements RacecardResponse {
    public RacecardPageRead {
      runners = List.copyOf(runners);
      flaws = List.copyOf(flaws);
    }
  }

  /** An entry that was left out, and why; the message is safe to display. */
  record RacecardFlaw(ErrorKind kind, String message) {}

  /**
   * The API has no racecards for the day, or does not give them.
   *
   * @param status 404 or 422
   */
  record NoSuchDay(int status) implements RacecardResponse {}
}
