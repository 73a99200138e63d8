package studbook.cli.backfill;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.cli.support.UsageException;
import studbook.store.run.HorseSelection;

/** Options that choose a run's horses; a plan and a backfill take the same. */
final class SelectionOptions {

  private static final long TEST_HORSES = 10;

  @Option(names = "--test", description = "Process only ten horses.")
  private boolean test;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Maximum number of horses, in the order of their IDs.")
  private @Nullable Long max;

  @Option(names = "--skip", paramLabel = "N", description = "Number of horses to skip first.")
  private long skip;

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      description = "File of the horse IDs to process, one per line.")
  private @Nullable Path idsFile;

  @Option(
      names = "--include-completed",
      description =
          "Include horses that a run of the last 90 days completed without a date of birth, or"
              + " confirmed unchanged.")
  private boolean includeCompleted;

  @Option(
      names = "--incomplete",
      description =
          "Process horses that lack any field (sex, colour, region, pedigree, breeder), with or"
              + " without a date of birth. Fills blanks, overwrites nothing.")
  private boolean incomplete;

  HorseSelection selection(Path workingDirectory) {
    UsageException.requireAtLeast(1, "--max", max == null ? 1 : max);
    UsageException.requireAtLeast(0, "--skip", skip);
    Optional<Long> most = Optional.ofNullable(max);
    if (test) {
      most = Optional.of(Math.min(TEST_HORSES, most.orElse(TEST_HORSES)));
    }
    return new HorseSelection(
        incomplete,
        skip,
        most,
        Optional.ofNullable(idsFile).map(file -> IdFile.read(workingDirectory.resolve(file))),
        Optional.empty(),
        includeCompleted);
  }
}
