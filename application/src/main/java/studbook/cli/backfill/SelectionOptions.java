package studbook.cli.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.cli.support.UsageException;
import studbook.model.HorseId;
import studbook.store.run.HorseSelection;
import studbook.text.FileErrorMessages;

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
        Optional.ofNullable(idsFile).map(file -> ids(workingDirectory.resolve(file))),
        Optional.empty(),
        includeCompleted);
  }

  private static List<String> ids(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(file, FileErrorMessages.reason(e)));
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (!line.isEmpty()) {
        if (HorseId.parse(line).isEmpty()) {
          throw new UsageException(
              "line %d of %s is no horse id (hrs_ and digits)".formatted(i + 1, file));
        }
        ids.add(line);
      }
    }
    return ids;
  }
}
