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

  @Option(names = "--test", description = "Ten horses only.")
  private boolean test;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "At most N horses, in the order of their ids.")
  private @Nullable Long max;

  @Option(names = "--skip", paramLabel = "N", description = "Leave the first N horses out.")
  private @Nullable Long skip;

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      description = "Only the horses whose ids F lists, one a line.")
  private @Nullable Path idsFile;

  @Option(
      names = "--include-settled",
      description =
          "Also horses that a run of the last 90 days settled without a date of birth, or confirmed"
              + " as they are.")
  private boolean includeSettled;

  @Option(
      names = "--incomplete",
      description =
          "Horses that lack any field (sex, colour, region, pedigree, breeder), with a date of"
              + " birth or without. Fills blanks, overwrites nothing.")
  private boolean incomplete;

  /** The first option that was given, for a sentence that refuses it. */
  Optional<String> given() {
    if (test) {
      return Optional.of("--test");
    }
    if (max != null) {
      return Optional.of("--max");
    }
    if (skip != null) {
      return Optional.of("--skip");
    }
    if (idsFile != null) {
      return Optional.of("--ids-file");
    }
    if (incomplete) {
      return Optional.of("--incomplete");
    }
    return includeSettled ? Optional.of("--include-settled") : Optional.empty();
  }

  HorseSelection selection(Path workingDirectory) {
    if (max != null && max < 1) {
      throw new UsageException("--max must be 1 or more, not " + max);
    }
    if (skip != null && skip < 0) {
      throw new UsageException("--skip must be 0 or more, not " + skip);
    }
    Optional<Long> most = Optional.ofNullable(max);
    if (test) {
      most = Optional.of(Math.min(TEST_HORSES, most.orElse(TEST_HORSES)));
    }
    return new HorseSelection(
        incomplete,
        skip == null ? 0 : skip,
        most,
        Optional.ofNullable(idsFile).map(file -> ids(workingDirectory.resolve(file))),
        Optional.empty(),
        includeSettled);
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
