package studbook.cli.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.archive.ArchiveJob;
import studbook.archive.ArchiveLimits;
import studbook.archive.ArchivedFile;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook archive}. */
@Command(
    name = "archive",
    description = {
      "Move old errors, samples, events, work items and logs to compressed files.",
      "Totals of runs stay. A file is read back and compared before anything is deleted. A run that can"
          + " be resumed keeps everything."
    },
    exitCodeList = {"0:Everything old is archived.", "2:Usage, configuration or permission error."},
    footer = {
      "",
      "Examples: studbook archive --dry-run",
      "          studbook archive --before 2026-10",
      "          studbook errors --archived --month 2026-09"
    })
public final class ArchiveCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--before",
      paramLabel = "MONTH",
      description = "Archive months before this one, as in UTC; default: the current month.")
  private @Nullable YearMonth before;

  @Option(names = "--dry-run", description = "List what would be archived; write nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ArchiveCommand(CommandContext context) {
    this.context = context;
  }

  private record ArchivedFileJson(
      String content, String month, long rows, Path file, Optional<Long> fileBytes) {

    static ArchivedFileJson of(ArchivedFile file) {
      return new ArchivedFileJson(
          file.content(), file.month().toString(), file.rows(), file.file(), file.bytes());
    }
  }

  private record ArchiveJson(
      String beforeMonth,
      Optional<Instant> ledgersBefore,
      boolean dryRun,
      List<ArchivedFileJson> files) {}

  @Override
  public Integer call() throws IOException {
    Settings settings = context.settings(Requirement.DATABASE);
    ArchiveLimits limits = limits(settings);
    List<ArchivedFile> files = new ArrayList<>();
    try (DatabaseSession database = DatabaseSession.existing(settings, context)) {
      ArchiveJob job = new ArchiveJob(database.jdbi(), settings.home());
      if (dryRun) {
        files.addAll(job.plan(limits));
      } else {
        job.run(limits, files::add);
      }
    }
    if (json) {
      context.printJson(
          new ArchiveJson(
              limits.before().toString(),
              limits.ledgersBefore(),
              dryRun,
              files.stream().map(ArchivedFileJson::of).toList()));
    } else {
      print(files);
    }
    return ExitCode.DONE;
  }

  private ArchiveLimits limits(Settings settings) {
    Instant now = context.environment().clock().instant();
    YearMonth current = ArchiveLimits.month(now);
    YearMonth month = before == null ? current : before;
    if (month.isAfter(current)) {
      throw new UsageException(
          "--before must not be after the current month %s: its rows still change"
              .formatted(current));
    }
    return ArchiveLimits.of(month, settings.keepRuns(), now);
  }

  private void print(List<ArchivedFile> files) {
    if (files.isEmpty()) {
      context.out().println("Nothing is old enough to be archived.");
      return;
    }
    TextTable table =
        new TextTable(context.style())
            .text("Content")
            .text("Month")
            .figure("Rows")
            .figure("File size")
            .flexible(dryRun ? "File, not written" : "File");
    for (ArchivedFile file : files) {
      table.row(
          file.content(),
          file.month().toString(),
          HumanFormat.count(file.rows()),
          file.bytes().map(bytes -> HumanFormat.count((bytes + 1023) / 1024) + " kB").orElse("–"),
          file.file().toString());
    }
    table.lines(context.width()).forEach(context.out()::println);
  }
}
