package studbook.cli.pedigree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.csv.PedigreeCsv;
import studbook.pedigree.csv.PedigreeFormatException;
import studbook.text.FileErrorMessages;

/** Option of the pedigree commands: where the animals come from. */
public final class PedigreeSource {

  @Option(
      names = "--from",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV file to read, with the columns id, sire, dam and, if known,"
              + " sex, yob or dob, name; - is stdin.")
  private Path file = Path.of("-");

  /**
   * Reads all animals.
   *
   * @throws UsageException if the file cannot be read or is no pedigree
   */
  public AnimalTable load(CommandContext context) {
    return read(context, file);
  }

  private static AnimalTable read(CommandContext context, Path path) {
    try (Reader reader = open(context, path)) {
      return PedigreeCsv.read(reader);
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
