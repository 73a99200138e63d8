package studbook.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Commands that run a process as somebody else; where this machine cannot, the test is skipped. */
final class OtherUser {

  /** Exists on every Linux. */
  static final int DAEMON = 1;

  static final int NAMELESS = 54_321;

  /** May read everything, so that it finds the classes of the test wherever they are. */
  private static final List<String> AS_DAEMON =
      List.of(
          "setpriv",
          "--reuid=" + DAEMON,
          "--regid=" + DAEMON,
          "--clear-groups",
          "--inh-caps=+dac_read_search",
          "--ambient-caps=+dac_read_search",
          "--");

  /** The files of the test's user are its own there, but its number has no name. */
  private static final List<String> AS_NAMELESS =
      List.of("unshare", "-U", "--map-user=" + NAMELESS, "--map-group=" + NAMELESS, "--");

  /** Whom the modes of files bind, as they bind everybody but root. */
  private static final List<String> BOUND_BY_MODES =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--");

  private OtherUser() {}

  /** Only root can become somebody else. */
  static List<String> daemon() {
    return possible(AS_DAEMON, "not root, or no setpriv");
  }

  static List<String> nameless() {
    return possible(AS_NAMELESS, "no user name space can be made here");
  }

  static List<String> boundByModes() {
    return System.getProperty("user.name").equals("root")
        ? possible(BOUND_BY_MODES, "no setpriv, and root ignores modes")
        : List.of();
  }

  private static List<String> possible(List<String> before, String reason) {
    assumeTrue(succeeds(Stream.concat(before.stream(), Stream.of("true")).toList()), reason);
    return before;
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
