package studbook.cli.backfill;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that takes a run to its end. */
final class ExecutionOptions {

  @Option(
      names = "--checkpoint-file",
      paramLabel = "F",
      description = "Where the checkpoint is written (logs/backfill_checkpoint.json).")
  @Nullable Path checkpointFile;

  @Option(
      names = {"--yes", "--non-interactive"},
      description = "Do not ask before starting, nor before replacing an unfinished run.")
  boolean nonInteractive;

  @Option(
      names = "--background",
      description = "Work in the background; returns after the first good answer of the API.")
  boolean background;

  @Option(names = "--log-file", paramLabel = "F", hidden = true)
  @Nullable Path logFile;
}
