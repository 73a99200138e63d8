package studbook.cli.pedigree;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import studbook.cli.figures.LoadedPedigree;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.check.PlausibilityCheck;
import studbook.pedigree.check.PlausibilityReport;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.RuleThresholds;
import studbook.pedigree.check.rule.PlausibilityRules;

/**
 * Loads what figures are computed from: of a file all links that are not part of a cycle, since the
 * animals may be of any species; of the database all links that are not in error.
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
    PlausibilityReport report =
        new PlausibilityCheck(
                PlausibilityRules.ALL,
                EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
                RuleThresholds.USUAL,
                LocalDate.ofInstant(clock.instant(), clock.getZone()))
            .run(table);
    return new LoadedPedigree(
        table, Pedigree.of(report.usable(table.links())), report.faultyLinks());
  }
}
