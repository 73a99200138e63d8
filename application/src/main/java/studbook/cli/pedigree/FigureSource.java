package studbook.cli.pedigree;

import java.util.List;
import studbook.cli.pedigree.PedigreeSource.AnimalSelection;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.inbreeding.FigureLoader;
import studbook.inbreeding.LoadedPedigree;
import studbook.store.pedigree.KinExtent;

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

  /** All horses of the database. */
  static LoadedPedigree load(DatabaseSession database, CommandContext context) {
    return loader(database, context).usable(PedigreeSource.load(database));
  }

  /**
   * Some animals that a user named.
   *
   * @param loaded has them and their ancestors, or more
   * @param animals their indexes
   */
  record FigureSelection(LoadedPedigree loaded, List<Integer> animals) {}

  /**
   * Loads the animals that a user named.
   *
   * @param horses ids or names
   * @param extent what is read of a database
   */
  static FigureSelection select(
      PedigreeSource source, CommandContext context, List<String> horses, KinExtent extent) {
    if (source.isFile()) {
      AnimalSelection selected = source.select(context, horses, extent);
      return new FigureSelection(
          LoadedPedigree.withoutCycles(selected.table()), selected.animals());
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      AnimalSelection selected = PedigreeSource.select(database, horses, extent);
      return new FigureSelection(
          loader(database, context).usable(selected.table()), selected.animals());
    }
  }

  private static FigureLoader loader(DatabaseSession database, CommandContext context) {
    return new FigureLoader(
        database.jdbi(),
        context.settings(Requirement.DATABASE).pedigreeThresholds(),
        context.environment().clock());
  }
}
