package studbook.racingapi;

import java.time.Duration;

/**
 * One request for a page of racecards and its answer.
 *
 * @param status HTTP status; 0 where none came
 * @param took from sending to the whole answer
 */
public record RacecardCall(RacecardResponse answer, int status, Duration took) {}
