package studbook.racingapi;

import java.util.List;
import studbook.model.ErrorKind;

/** What The Racing API made of one request for a page of a day's racecards. */
public sealed interface RacecardResponse
    permits RacecardResponse.RacecardPageRead, RacecardResponse.NoSuchDay, ProfileResponse.Failure {

  /**
   * Some races of the day.
   *
   * @param races on this page
   * @param total races of the day, all pages together; what the page has where it does not say
   * @param runners in the order of the page; one may stand in several races
   * @param flaws entries that are no runner
   */
  record RacecardPageRead(
      int races, int total, List<RacecardRunner> runners, List<RacecardFlaw> flaws)
      implements RacecardResponse {
    public RacecardPageRead {
      runners = List.copyOf(runners);
      flaws = List.copyOf(flaws);
    }
  }

  /** An entry that was left out, and why; the message is safe to show. */
  record RacecardFlaw(ErrorKind kind, String message) {}

  /**
   * The API has no racecards for that day, or refuses to show them.
   *
   * @param status 404 or 422
   */
  record NoSuchDay(int status) implements RacecardResponse {}
}
