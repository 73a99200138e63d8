package studbook.cli.pedigree;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.plausibility.FindingOptions;
import studbook.cli.plausibility.PlausibilityText;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.json.horse.ListedFinding;
import studbook.store.finding.FindingQueries;
import studbook.store.finding.FindingQueries.FindingFilter;
import studbook.store.finding.StoredFinding.FindingState;
import studbook.text.HumanFormat;

/** {@code studbook pedigree findings}. */
@Command(
    name = "findings",
    description = {
      "List the findings that the last checks stored.",
      "Checks nothing; `studbook pedigree check` does."
    },
    footer = {
      "",
      "Examples: studbook pedigree findings --min-severity error",
      "          studbook pedigree findings --rule homonym --min-severity note --accepted"
    })
public final class PedigreeFindingsCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private FindingOptions options = new FindingOptions();

  @Option(names = "--accepted", description = "List those that a person has accepted instead.")
  private boolean accepted;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PedigreeFindingsCommand(CommandContext context) {
    this.context = context;
  }

  private record FindingsJson(Optional<Instant> checkedAt, List<ListedFinding> findings) {}

  @Override
  public Integer call() {
    Set<FindingState> states =
        accepted
            ? EnumSet.of(FindingState.ACCEPTED)
            : EnumSet.of(FindingState.NEW, FindingState.OPEN);
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      FindingQueries queries = new FindingQueries(database.jdbi());
      FindingFilter filter =
          new FindingFilter(FindingOptions.ids(options.rules()), options.severities(), states);
      List<ListedFinding> findings =
          queries.list(filter, options.limit()).stream().map(ListedFinding::of).toList();
      print(queries.lastCheck(), findings);
      return ExitCode.DONE;
    }
  }

  private void print(Optional<Instant> checkedAt, List<ListedFinding> findings) {
    if (json) {
      context.printJson(new FindingsJson(checkedAt, findings));
      return;
    }
    context.println(
        checkedAt
            .map(at ->
                "%s as of the check of %s."
                    .formatted(
                        HumanFormat.count(findings.size(), "finding"),
                        HumanFormat.day(at, context.environment().clock())))
            .orElse("The pedigrees were not checked yet: run `studbook pedigree check`."));
    new PlausibilityText(context).printFindings(findings, 0);
  }
}
