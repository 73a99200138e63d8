package studbook.cli.pedigree;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import studbook.cli.figures.LoadedPedigree;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.check.PlausibilityCheck;
import studbook.pedigree.check.PlausibilityReport;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.rule.PlausibilityRules;
import studbook.store.finding.AcceptedFindings;

/**
 * Loads what figures are computed from: of a file all links that are not part of a cycle, since the
 * animals may be of any species; of the database all links that are not in error or were accepted.
 */
final class FigureSource {

  private FigureSource() {}

  static LoadedPedigree load(PedigreeSource source, CommandContext context) {
    if (source.isFile()) {
      return LoadedPedigree.withoutCycles(source.load(context));
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      return load(database, context);
    }
  }

  /** The horses of the database. */
  static LoadedPedigree load(DatabaseSession database, CommandContext context) {
    AnimalTable table = PedigreeSource.load(database);
    Clock clock = context.environment().clock();
    PlausibilityReport found =
        new PlausibilityCheck(
                PlausibilityRules.ALL,
                EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
                context.settings(Requirement.DATABASE).pedigreeThresholds(),
                LocalDate.ofInstant(clock.instant(), clock.getZone()))
            .run(table);
    PlausibilityReport counting = new AcceptedFindings(database.jdbi()).removeFrom(found, table);
    return new LoadedPedigree(
        table, Pedigree.of(counting.usable(table.links())), counting.faultyLinks());
  }
}
