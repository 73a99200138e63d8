package studbook.racingapi;

import java.time.Duration;

/**
 * A request and its response.
 *
 * @param status HTTP status; 0 if there was none
 * @param took from sending to the end of the response
 */
public record ProfileCall(Endpoint endpoint, ProfileResponse response, int status, Duration took) {}
