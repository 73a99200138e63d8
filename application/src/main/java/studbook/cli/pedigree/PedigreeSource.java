package studbook.cli.pedigree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.UsageException;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.csv.PedigreeCsv;
import studbook.pedigree.csv.PedigreeFormatException;
import studbook.store.pedigree.KinExtent;
import studbook.store.pedigree.PedigreeLoader;
import studbook.store.pedigree.PedigreeQueries;
import studbook.store.pedigree.PedigreeQueries.PedigreeContents;
import studbook.text.FileErrorMessages;

/** Option of the pedigree commands: where the animals come from. */
public final class PedigreeSource {

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "CSV file to read instead of the database, with the columns id, sire, dam and, if known,"
              + " sex, yob or dob, name; - is stdin.")
  private @Nullable Path file;

  /**
   * Some animals that a user named.
   *
   * @param table has them and what their figures depend on, or more
   * @param animals their indexes
   */
  record AnimalSelection(AnimalTable table, List<Integer> animals) {}

  /** Whether {@code --from} names a file. */
  public boolean isFile() {
    return file != null;
  }

  /**
   * Reads all animals from the file or the database.
   *
   * @throws UsageException if the file cannot be read or is no pedigree, or if there are no animals
   */
  public AnimalTable load(CommandContext context) {
    if (file != null) {
      return read(context, file);
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      return load(database);
    }
  }

  /**
   * Reads all horses of a database.
   *
   * @throws UsageException if it has no pedigrees
   */
  public static AnimalTable load(DatabaseSession database) {
    database.requireReadable();
    requirePedigrees(database);
    return new PedigreeLoader(database.jdbi()).load();
  }

  private static void requirePedigrees(DatabaseSession database) {
    PedigreeContents contents = new PedigreeQueries(database.jdbi()).contents();
    if (!contents.hasHorses()) {
      throw new UsageException(
          "there are no horses yet: `studbook import` reads them from a file, `studbook backfill`"
              + " requests their pedigrees; --from uses a file without the database");
    }
    if (!contents.hasParents()) {
      throw new UsageException(
          "%s has no pedigrees: `studbook backfill` adds them".formatted(database.place()));
    }
  }

  /**
   * Reads the animals that a user named: all of the file, or of the database only what the figures
   * of these horses depend on.
   *
   * @param horses ids or names
   * @param extent what is read of a database
   * @throws UsageException also if one is unknown, or if its name is that of several
   */
  AnimalSelection select(CommandContext context, List<String> horses, KinExtent extent) {
    if (file != null) {
      AnimalTable animals = read(context, file);
      HorseFinder finder = new HorseFinder(animals);
      return new AnimalSelection(animals, horses.stream().map(finder::find).toList());
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      return select(database, horses, extent);
    }
  }

  /** The same of a database. */
  static AnimalSelection select(DatabaseSession database, List<String> horses, KinExtent extent) {
    database.requireReadable();
    requirePedigrees(database);
    DatabaseHorseFinder finder = new DatabaseHorseFinder(database.database());
    List<String> ids = horses.stream().map(finder::find).toList();
    AnimalTable animals = new PedigreeLoader(database.jdbi()).load(ids, extent);
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      OptionalInt index = animals.indexOf(ids.get(i));
      if (index.isEmpty()) {
        throw finder.unknown(horses.get(i));
      }
      indexes.add(index.getAsInt());
    }
    return new AnimalSelection(animals, indexes);
  }

  private static AnimalTable read(CommandContext context, Path path) {
    try (Reader reader = open(context, path)) {
      AnimalTable animals = PedigreeCsv.read(reader);
      if (animals.size() == 0) {
        throw new UsageException("%s has no animals".formatted(path));
      }
      return animals;
    } catch (PedigreeFormatException e) {
      throw new UsageException("%s, %s".formatted(path, e.getMessage()));
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(path, FileErrorMessages.reason(e)));
    }
  }

  private static Reader open(CommandContext context, Path path) throws IOException {
    InputStream in =
        path.toString().equals("-")
            ? context.environment().in()
            : Files.newInputStream(context.environment().workingDirectory().resolve(path));
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }
}
