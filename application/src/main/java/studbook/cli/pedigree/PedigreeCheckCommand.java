package studbook.cli.pedigree;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.plausibility.FindingOptions;
import studbook.cli.plausibility.PlausibilitySummary;
import studbook.cli.plausibility.PlausibilityText;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.BreedingAges;
import studbook.pedigree.check.PlausibilityCheck;
import studbook.pedigree.check.PlausibilityReport;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.store.finding.AcceptedFindings;
import studbook.store.finding.CheckComparison;
import studbook.store.finding.FindingQueries;
import studbook.store.finding.FindingQueries.FindingFilter;
import studbook.store.finding.FindingRepository;
import studbook.store.finding.FoundFault;
import studbook.store.finding.ParentNameQueries;
import studbook.store.finding.StoredFinding.FindingState;
import studbook.text.HumanFormat;

/** {@code studbook pedigree check}. */
@Command(
    name = "check",
    description = {
      "Check whether the recorded pedigrees can be true.",
      "Stores the findings in studbook.finding and compares them with those of the check before;"
          + " stores nothing with --from or --dry-run. Thresholds are in the table [pedigree] of"
          + " studbook.toml."
    },
    exitCodeList = {
      "0:Done; no errors except those that a person has accepted.",
      "1:Done; at least one error.",
      "2:Usage or configuration error."
    },
    footer = {
      "",
      "Examples: studbook pedigree check",
      "          studbook pedigree check --rule cycle,dam-old --min-severity note",
      "          studbook pedigree check --from pedigree.csv --json"
    })
public final class PedigreeCheckCommand implements Callable<Integer> {

  /** What the animals of a file are. */
  public enum FileSpecies {
    HORSE,
    ANY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final CommandContext context;

  @Mixin private FindingOptions options = new FindingOptions();

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(
      names = "--species",
      paramLabel = "S",
      description = {
        "Species of the animals in the file: ${COMPLETION-CANDIDATES}. any leaves out the rules for"
            + " horses. Default: horse, or any if many parents were too young for horses."
      })
  private @Nullable FileSpecies species;

  @Option(names = "--dry-run", description = "Check, but store nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PedigreeCheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (source.isFile()) {
      return checkFile();
    }
    if (species != null) {
      throw new UsageException("--species goes with --from");
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      return checkDatabase(database);
    }
  }

  private int checkFile() {
    AnimalTable table = source.load(context);
    Set<RuleScope> scopes = EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.WHOLE_LIST);
    if (areHorses(table)) {
      scopes.add(RuleScope.HORSES);
    }
    PlausibilityReport report = check(scopes).run(table);
    return print(PlausibilitySummary.of(table, report, options));
  }

  private boolean areHorses(AnimalTable table) {
    BreedingAges ages = BreedingAges.of(table);
    boolean horses = species == null ? ages.mayBeHorses() : species == FileSpecies.HORSE;
    if (!horses && species == null) {
      context.printError(
          "%s of the parents were two years old or younger, so these are no horses: the rules for"
                  .formatted(HumanFormat.percent(ages.young(), ages.known()))
              + " horses are left out; --species horse checks them.");
    }
    return horses;
  }

  private int checkDatabase(DatabaseSession database) {
    Jdbi jdbi = database.jdbi();
    AnimalTable table = PedigreeSource.load(database);
    PlausibilityReport report =
        check(EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES, RuleScope.FETCHED_RECORDS))
            .run(table, new ParentNameQueries(jdbi).different(table));
    if (dryRun) {
      return print(PlausibilitySummary.of(table, report, options));
    }
    return print(stored(jdbi, table, report));
  }

  private PlausibilitySummary stored(Jdbi jdbi, AnimalTable table, PlausibilityReport report) {
    List<String> rules = report.rules().stream().map(RuleDescription::id).toList();
    int leftOut = new AcceptedFindings(jdbi).removeFrom(report, table).faultyLinks();
    CheckComparison comparison =
        new FindingRepository(jdbi)
            .record(
                table.size(),
                rules,
                report.findings().stream().map(finding -> FoundFault.of(finding, table)),
                leftOut);
    FindingQueries findings = new FindingQueries(jdbi);
    FindingFilter open =
        new FindingFilter(
            rules, options.severities(), EnumSet.of(FindingState.NEW, FindingState.OPEN));
    return PlausibilitySummary.of(
        table,
        report,
        leftOut,
        options,
        comparison,
        findings.counts(rules),
        findings.list(open, options.limit()));
  }

  private PlausibilityCheck check(Set<RuleScope> scopes) {
    return new PlausibilityCheck(
        options.rules(),
        scopes,
        context
            .settings(
                source.isFile() ? new Requirement[0] : new Requirement[] {Requirement.DATABASE})
            .pedigreeThresholds(),
        LocalDate.ofInstant(
            context.environment().clock().instant(), context.environment().clock().getZone()));
  }

  private int print(PlausibilitySummary summary) {
    if (json) {
      context.printJson(summary);
    } else {
      new PlausibilityText(context).print(summary);
    }
    return summary.openErrors() == 0 ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }
}
