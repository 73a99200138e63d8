package studbook.cli.settings;

import java.net.URI;
import java.time.Duration;
import studbook.secret.Secret;

/**
 * How The Racing API is reached. Immutable.
 *
 * @param baseUrl https, or http to this machine; without user, query, or slash at its end
 * @param timeout for a whole request with its body
 */
public record ApiAccount(URI baseUrl, Secret username, Secret password, Duration timeout) {}
