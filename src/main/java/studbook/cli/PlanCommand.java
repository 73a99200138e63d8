package studbook.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.Estimate;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.store.Outlook;
import studbook.store.Planner;
import studbook.text.Json;

/** {@code studbook plan}. */
@Command(
    name = "plan",
    description = "Shows what a backfill would do and how long it would take. Writes nothing.",
    footer = {"", "Example: studbook plan --rate 5"})
final class PlanCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PlanCommand(Session session) {
    this.session = session;
  }

  private record Shown(
      long horses,
      long enriched,
      long toDo,
      long settledLately,
      long requests,
      @Nullable Double requestsPerSecond,
      @Nullable Long seconds,
      @Nullable String doneAt) {}

  @Override
  public Integer call() {
    Surroundings surroundings = session.surroundings();
    Settings settings = session.settings(Need.DATABASE);
    try (Store store = Store.open(settings, session)) {
      Outlook outlook =
          new Planner(store.database().jdbi())
              .outlook(selection.selection(surroundings.workingDirectory()));
      if (json) {
        session.out().println(json(outlook, settings));
      } else {
        new PlanText(outlook, settings.rate(), surroundings.clock())
            .lines()
            .forEach(session.out()::println);
      }
      return ExitCode.DONE;
    }
  }

  private String json(Outlook outlook, Settings settings) {
    long requests = Estimate.requests(outlook.toDo());
    @Nullable Duration duration = Estimate.duration(requests, settings.rate()).orElse(null);
    return Json.pretty(
        new Shown(
            outlook.census().horses(),
            outlook.census().enriched(),
            outlook.toDo(),
            outlook.settled(),
            requests,
            settings.rate().isUnlimited() ? null : settings.rate().perSecond(),
            duration == null ? null : duration.toSeconds(),
            duration == null
                ? null
                : session.surroundings().clock().instant().plus(duration).toString()));
  }
}
