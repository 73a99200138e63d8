package studbook.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.report.ExecutionReport;
import studbook.report.ReportFile;
import studbook.report.ReportFormat;
import studbook.store.Runs;

/** {@code studbook report}. */
@Command(
    name = "report",
    description = {
      "Reports what a run was told, how it went and what it came to.",
      "Every finished run leaves its report in logs/, too."
    },
    footer = {
      "",
      "Examples: studbook report",
      "          studbook report --run 7 --out run7.html",
      "          studbook report --format json"
    })
final class ReportCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--format",
      paramLabel = "md|html|json",
      description = "Where it is not given, as the name of --out ends, else md.")
  private @Nullable String format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "F",
      description = "Write to F. An earlier report there is replaced, any other file is not.")
  private @Nullable Path out;

  ReportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Surroundings surroundings = session.surroundings();
    Optional<Path> file = Optional.ofNullable(out).map(surroundings.workingDirectory()::resolve);
    ReportFormat how = format(file);
    Settings settings = session.settings(Need.DATABASE);
    try (Store store = Store.open(settings, session)) {
      store.requireReadable();
      Runs.Run reported = run.in(new Runs(store.database().jdbi()));
      ExecutionReport report =
          ExecutionReport.take(
              store.database().jdbi(), reported, settings.thresholds(), surroundings.clock());
      String document = how.write(report, surroundings.clock());
      if (file.isPresent()) {
        write(file.get(), document, reported.id());
      } else {
        session.out().print(document);
        session.out().flush();
      }
      return ExitCode.DONE;
    }
  }

  private ReportFormat format(Optional<Path> file) {
    Optional<ReportFormat> named = Optional.ofNullable(format).map(ReportCommand::named);
    if (json && named.filter(other -> other != ReportFormat.JSON).isPresent()) {
      throw new UserMistake("--json does not go with --format " + format);
    }
    if (json || named.isPresent()) {
      return named.orElse(ReportFormat.JSON);
    }
    return file.map(path ->
            ReportFormat.of(path)
                .orElseThrow(() ->
                    new UserMistake(
                        "the name %s says no format: let it end in .md, .html or .json, or give --format"
                            .formatted(path.getFileName()))))
        .orElse(ReportFormat.MD);
  }

  private static ReportFormat named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "md" -> ReportFormat.MD;
      case "html" -> ReportFormat.HTML;
      case "json" -> ReportFormat.JSON;
      default -> throw new UserMistake("--format must be md, html or json, not " + name);
    };
  }

  private void write(Path file, String document, long id) {
    try {
      boolean replaced = new ReportFile(file).write(document);
      session.say(
          "The report of run %d is in %s%s."
              .formatted(id, file, replaced ? "; an earlier report stood there" : ""));
    } catch (FileAlreadyExistsException e) {
      throw new UserMistake(file + " exists and is no report; it was left alone");
    } catch (IOException e) {
      throw new UserMistake("cannot write " + file + ": " + e.getMessage());
    }
  }
}
