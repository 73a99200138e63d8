package studbook.cli.inspect;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.json.ApiDriftJson;
import studbook.json.DriftsJson;
import studbook.model.drift.ApiDrift;
import studbook.store.statistics.DriftStatistics;
import studbook.store.statistics.DriftStatistics.SeenDrift;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook drift}. */
@Command(
    name = "drift",
    description = {
      "Show how the API's responses differ from what Studbook knows.",
      "Unknown and missing fields, other JSON types and date formats, new sex codes, colour codes and"
          + " regions, since the first run."
    },
    footer = {"", "Example: studbook drift"})
public final class DriftCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public DriftCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<SeenDrift> drifts = new DriftStatistics(database.jdbi()).all();
      if (json) {
        context.printJson(new DriftsJson(drifts.stream().map(ApiDriftJson::of).toList()));
      } else if (drifts.isEmpty()) {
        context.out().println("The API's responses had nothing unknown.");
      } else {
        print(drifts);
      }
    }
    return ExitCode.DONE;
  }

  private void print(List<SeenDrift> drifts) {
    TextTable table =
        new TextTable(context.style())
            .text("Endpoint")
            .text("Field")
            .text("Finding")
            .figure("Count")
            .text("First seen")
            .text("Last seen")
            .flexible("Example");
    for (SeenDrift seen : drifts) {
      ApiDrift drift = seen.drift();
      table.row(
          drift.endpoint(),
          drift.path(),
          drift.finding(),
          HumanFormat.count(drift.occurrences()),
          moment(seen.firstSeenAt()),
          moment(seen.lastSeenAt()),
          drift.example());
    }
    table.lines(context.width()).forEach(context.out()::println);
    if (drifts.size() >= DriftStatistics.MOST) {
      context.out().printf("More than %,d are not recorded.%n", DriftStatistics.MOST);
    }
  }

  private String moment(Instant time) {
    Clock clock = context.environment().clock();
    return HumanFormat.moment(time, clock);
  }
}
