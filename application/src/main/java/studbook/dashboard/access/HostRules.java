package studbook.dashboard.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts a browser may have named, and from which origins it may change something. A page of
 * another site whose name was made to lead here (DNS rebinding) has that name in the Host header;
 * an address or {@code localhost} cannot be rebound. Immutable.
 */
public final class HostRules {

  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]/@\\s]+)(:\\d{1,5})?");
  private static final String LOCALHOST = "localhost";

  private final Set<String> names;

  /**
   * @param names that are allowed beside addresses and localhost, in lower case
   */
  public HostRules(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Whether the value of a Host header is allowed. */
  public boolean isAllowed(@Nullable String host) {
    return name(host)
        .filter(name -> isAddress(name) || name.equals(LOCALHOST) || names.contains(name))
        .isPresent();
  }

  private static Optional<String> name(@Nullable String host) {
    if (host == null) {
      return Optional.empty();
    }
    Matcher matcher = HOST.matcher(host);
    return matcher.matches()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static boolean isAddress(String name) {
    try {
      InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", ""));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether a request that changes something comes from a page of this server.
   *
   * @param origin the header Origin; null if there is none, as of a program that is no browser
   * @param site the header Sec-Fetch-Site; null of older browsers and of programs
   */
  public static boolean isSameOrigin(
      @Nullable String origin, @Nullable String site, @Nullable String host) {
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    if (origin == null) {
      return site != null;
    }
    try {
      return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
