package studbook.cli.pedigree;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.plausibility.FindingOptions;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.pedigree.check.FindingSeverity;
import studbook.store.finding.FindingQueries;
import studbook.store.finding.FindingQueries.FindingFilter;
import studbook.store.finding.FindingRepository;
import studbook.store.finding.StoredFinding;
import studbook.store.finding.StoredFinding.FindingState;
import studbook.text.HumanFormat;

/** {@code studbook pedigree accept}. */
@Command(
    name = "accept",
    description = {
      "Accept findings whose records are true.",
      "They are not listed any more, and figures use their links, except those of a cycle. A"
          + " finding whose severity rises is listed again."
    },
    exitCodeList = {
      "0:Done.",
      "1:Some findings do not exist, or the last check did not find them.",
      "2:Usage or configuration error."
    },
    footer = {
      "",
      "Examples: studbook pedigree accept 12 15",
      "          studbook pedigree accept --rule dam-old",
      "          studbook pedigree accept 12 --undo"
    })
public final class PedigreeAcceptCommand implements Callable<Integer> {

  private static final String NOT_FOUND = "not found";

  private final CommandContext context;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Numbers of findings.")
  private List<Long> ids = List.of();

  @Option(
      names = "--rule",
      paramLabel = "R",
      description = "Rule of which to accept all warnings and notes.")
  private @Nullable String rule;

  @Option(names = "--undo", description = "Withdraw the acceptance instead.")
  private boolean undo;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PedigreeAcceptCommand(CommandContext context) {
    this.context = context;
  }

  private record AcceptancesJson(List<AcceptanceJson> acceptances) {}

  private record AcceptanceJson(long findingId, String result) {}

  @Override
  public Integer call() {
    if (ids.isEmpty() == (rule == null)) {
      throw new UsageException("accept needs the numbers of findings, or --rule");
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<Long> chosen =
          rule == null ? ids.stream().distinct().toList() : ofRule(database.jdbi(), rule);
      List<Long> decided = new FindingRepository(database.jdbi()).accept(chosen, !undo);
      List<Long> missing = chosen.stream().filter(id -> !decided.contains(id)).toList();
      print(decided, missing);
      return missing.isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
    }
  }

  private List<Long> ofRule(Jdbi jdbi, String name) {
    FindingFilter filter =
        new FindingFilter(
            FindingOptions.ids(FindingOptions.rules(List.of(name))),
            EnumSet.of(FindingSeverity.NOTE, FindingSeverity.WARNING),
            undo
                ? EnumSet.of(FindingState.ACCEPTED)
                : EnumSet.of(FindingState.NEW, FindingState.OPEN));
    return new FindingQueries(jdbi)
        .list(filter, Integer.MAX_VALUE).stream().map(StoredFinding::id).toList();
  }

  private void print(List<Long> decided, List<Long> missing) {
    if (json) {
      context.printJson(
          new AcceptancesJson(
              Stream.concat(
                      decided.stream().map(id -> new AcceptanceJson(id, done())),
                      missing.stream().map(id -> new AcceptanceJson(id, NOT_FOUND)))
                  .toList()));
      return;
    }
    missing.forEach(id -> context.println("Finding %d: %s.".formatted(id, NOT_FOUND)));
    context.println("%s %s.".formatted(HumanFormat.count(decided.size(), "finding"), done()));
  }

  private String done() {
    return undo ? "no longer accepted" : "accepted";
  }
}
