package studbook.cli.inspect;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.json.horse.HorseJson;
import studbook.model.SafeText;
import studbook.store.statistics.HorseHistory;

/** {@code studbook show}. */
@Command(
    name = "show",
    description = "Show one horse: row, pedigree, their origin, every attempt.",
    footer = {"", "Example: studbook show hrs_5341245"})
public final class ShowCommand implements Callable<Integer> {

  private static final int LONGEST_ID = 60;

  private final CommandContext context;

  @Parameters(paramLabel = "HORSE_ID", description = "ID of the horse as in ra_horses.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      database.requireReadable();
      HorseHistory history =
          HorseHistory.of(database.jdbi(), id)
              .orElseThrow(() ->
                  new UsageException(
                      "neither ra_horses nor any run has a horse "
                          + SafeText.excerpt(id, LONGEST_ID)));
      if (json) {
        context.printJson(HorseJson.of(history));
      } else {
        new HorseText(history, context.environment().clock())
            .lines(context.style(), context.width())
            .forEach(context::println);
      }
      return ExitCode.DONE;
    }
  }
}
