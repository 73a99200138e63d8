package studbook.cli.support;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;

/** The option that names a run. */
public final class RunIdOption {

  @Option(
      names = "--run",
      paramLabel = "N",
      description = "Number of the run; default: the latest.")
  private @Nullable Long number;

  /** The given number, not checked; empty if none was given. */
  public Optional<Long> number() {
    return Optional.ofNullable(number);
  }

  /** The given run's number, checked to exist; empty if none was given. */
  public Optional<Long> named(RunRepository runRepository) {
    return number == null ? Optional.empty() : Optional.of(in(runRepository).id());
  }

  /** The run that is meant. */
  public RunRow in(RunRepository runRepository) {
    Long wanted = number;
    if (wanted == null) {
      return runRepository.latest().orElseThrow(() -> new UsageException("there is no run yet"));
    }
    return runRepository
        .find(wanted)
        .orElseThrow(() -> new UsageException("there is no run " + wanted));
  }
}
