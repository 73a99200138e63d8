package studbook.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs the demo and a few commands that print JSON in one process, with the home directory that its
 * argument names. The launcher records the classes that they load for the start-up cache of a
 * build.
 */
final class StartupTraining {

  private StartupTraining() {}

  public static void main(String[] arguments) {
    String home = arguments[0];
    String demo = Path.of(home, "demo").toString();
    Main.runAndExit(
        List.of(
            new String[] {"--home", home, "demo", "--horses", "1"},
            new String[] {"--home", demo, "runs", "--json"},
            new String[] {"--home", demo, "status", "--json"}));
  }
}
