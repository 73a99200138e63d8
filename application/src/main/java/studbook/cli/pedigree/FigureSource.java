package studbook.cli.pedigree;

import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.inbreeding.FigureLoader;
import studbook.inbreeding.LoadedPedigree;

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
    return new FigureLoader(
            database.jdbi(),
            context.settings(Requirement.DATABASE).pedigreeThresholds(),
            context.environment().clock())
        .usable(PedigreeSource.load(database));
  }
}
