package studbook.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.store.Runs;

/** The option that names a run. */
final class RunOption {

  @Option(
      names = "--run",
      paramLabel = "N",
      description = "The run with this number; the latest where none is given.")
  private @Nullable Long number;

  boolean isGiven() {
    return number != null;
  }

  /** The run that is meant. */
  Runs.Run in(Runs runs) {
    Long wanted = number;
    if (wanted == null) {
      return runs.latest().orElseThrow(() -> new UserMistake("there is no run yet"));
    }
    return runs.find(wanted).orElseThrow(() -> new UserMistake("there is no run " + wanted));
  }
}
