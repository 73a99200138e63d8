package studbook.simulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.HorseRecord;

/**
 * A parsed request.
 *
 * @param path path and query as sent
 * @param horse for PRO and STANDARD only
 */
public record ApiRequest(
    SimulatedEndpoint endpoint,
    String path,
    @Nullable String horse,
    Map<String, String> parameters) {

  private static final Pattern PROFILE = Pattern.compile("/v1/horses/([^/]+)/(pro|standard)");

  public static ApiRequest read(URI uri) {
    String query = uri.getRawQuery();
    String path = query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    Map<String, String> parameters = parameters(query);
    if (uri.getRawPath().equals("/v1/racecards/pro")) {
      return new ApiRequest(SimulatedEndpoint.RACECARDS, path, null, parameters);
    }
    Matcher profile = PROFILE.matcher(uri.getRawPath());
    if (!profile.matches()) {
      return new ApiRequest(SimulatedEndpoint.OTHER, path, null, parameters);
    }
    SimulatedEndpoint endpoint =
        profile.group(2).equals("pro") ? SimulatedEndpoint.PRO : SimulatedEndpoint.STANDARD;
    return new ApiRequest(endpoint, path, horse(profile.group(1)), parameters);
  }

  private static @Nullable String horse(String segment) {
    return HorseRecord.isId(segment) ? segment : null;
  }

  /** The rate limit group of a URI; cheap, since limits count from arrival. */
  public static RateLimitGroup group(URI uri) {
    return uri.getRawPath().equals("/v1/racecards/pro")
        ? RateLimitGroup.RACECARDS
        : RateLimitGroup.HORSES;
  }

  static Map<String, String> parameters(@Nullable String query) {
    if (query == null) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], parts.length == 1 ? "" : decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
