package studbook.cli.backfill;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.option.ApiOptions;

/** Options and exit codes of a command that takes a run to its end. */
@Command(
    exitCodeList = {
      "0:Every horse is completed.",
      "1:Done, but some horses failed.",
      "2:Usage or configuration error.",
      "3:Stopped or paused; can be resumed.",
      "4:Internal error."
    })
final class ExecutionOptions {

  @Mixin ApiOptions api = new ApiOptions();

  @Option(
      names = "--checkpoint-file",
      paramLabel = "F",
      description = "Checkpoint file to write; default: in logs/.")
  @Nullable Path checkpointFile;

  @Option(
      names = {"-y", "--yes", "--non-interactive"},
      description = "Start without asking, even if the new run replaces an unfinished one.")
  boolean nonInteractive;

  @Option(
      names = "--background",
      description = "Run in the background; return after the first successful response.")
  boolean background;

  @Option(names = "--log-file", paramLabel = "F", hidden = true)
  @Nullable Path logFile;
}
