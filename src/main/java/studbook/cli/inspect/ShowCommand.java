package studbook.cli.inspect;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.UserMistake;
import studbook.model.Printable;
import studbook.store.statistics.Dossier;

/** {@code studbook show}. */
@Command(
    name = "show",
    description = "Shows one horse: its row and pedigree, where they came from, and every attempt.",
    footer = {"", "Example: studbook show hrs_5341245"})
public final class ShowCommand implements Callable<Integer> {

  private static final int LONGEST_ID = 60;

  private final Session session;

  @Parameters(paramLabel = "HORSE_ID", description = "As ra_horses spells it.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      store.requireReadable();
      Dossier dossier =
          Dossier.of(store.database().jdbi(), id)
              .orElseThrow(() ->
                  new UserMistake(
                      "neither ra_horses nor any run knows a horse "
                          + Printable.excerpt(id, LONGEST_ID)));
      Clock clock = session.surroundings().clock();
      if (json) {
        session.out().println(new HorseJson(dossier, clock).text());
      } else {
        new HorseText(dossier, clock)
            .lines(session.style(), session.width())
            .forEach(session.out()::println);
      }
      return ExitCode.DONE;
    }
  }
}
