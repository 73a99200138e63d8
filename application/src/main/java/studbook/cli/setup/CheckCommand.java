package studbook.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.check.InstallationCheck;
import studbook.cli.check.InstallationCheck.CheckLine;
import studbook.cli.check.InstallationCheck.CheckedPart;
import studbook.cli.option.ApiOptions;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;

/** {@code studbook check}. */
@Command(
    name = "check",
    description = {
      "Verify settings, directory, database and API, one line each.",
      "Sends one or two requests."
    },
    exitCodeList = {"0:Everything works.", "2:A check failed."},
    footer = {"", "Example: studbook check && studbook backfill"})
public final class CheckCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private ApiOptions api = new ApiOptions();
  private final List<CheckLine> lines = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public CheckCommand(CommandContext context) {
    this.context = context;
  }

  private record CheckJson(boolean ok, List<CheckLine> checks) {}

  @Override
  public Integer call() {
    Settings settings = context.settings(api, Requirement.API, Requirement.DATABASE);
    InstallationCheck check = new InstallationCheck(context, settings);
    add(check.settings());
    add(check.directory());
    try (DatabaseSession database = open(settings)) {
      add(check.database(database));
      add(check.api(database));
    } catch (RuntimeException e) {
      add(InstallationCheck.failed(CheckedPart.DATABASE, context.sentence(e)));
      add(
          InstallationCheck.failed(
              CheckedPart.API, "not checked: the shared rate limit is stored in the database"));
    }
    boolean good = lines.stream().allMatch(CheckLine::ok);
    if (json) {
      context.printJson(new CheckJson(good, lines));
    }
    return good ? ExitCode.DONE : ExitCode.USAGE_ERROR;
  }

  /** Creates nothing in a database that has another owner. */
  private DatabaseSession open(Settings settings) {
    return settings.database().isPresent()
        ? DatabaseSession.connect(settings, context)
        : DatabaseSession.open(settings, context);
  }

  private void add(CheckLine line) {
    lines.add(line);
    if (!json) {
      InstallationCheck.print(context, line);
    }
  }
}
