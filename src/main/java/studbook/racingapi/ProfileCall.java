package studbook.racingapi;

import java.time.Duration;

/**
 * One request and its answer.
 *
 * @param status HTTP status; 0 where none came
 * @param took from sending to the whole answer
 */
public record ProfileCall(Endpoint endpoint, ProfileResponse answer, int status, Duration took) {}
