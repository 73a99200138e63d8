package studbook.cli.pedigree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.UsageException;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.csv.PedigreeCsv;
import studbook.pedigree.csv.PedigreeFormatException;
import studbook.store.pedigree.PedigreeLoader;
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
    AnimalTable animals = new PedigreeLoader(database.jdbi()).load();
    if (animals.size() == 0) {
      throw new UsageException(
          "there are no horses yet: `studbook import` reads them from a file, `studbook backfill`"
              + " requests their pedigrees; --from uses a file without the database");
    }
    boolean linked =
        IntStream.range(0, animals.size())
            .anyMatch(animal ->
                animals.links().sire(animal) != ParentLinks.UNKNOWN
                    || animals.links().dam(animal) != ParentLinks.UNKNOWN);
    if (!linked) {
      throw new UsageException(
          "%s has no pedigrees: `studbook backfill` adds them".formatted(database.place()));
    }
    return animals;
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
