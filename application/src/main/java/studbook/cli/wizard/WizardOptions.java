package studbook.cli.wizard;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.cli.support.UsageException;

/** Options that answer the wizard's questions. Secrets have none. */
public final class WizardOptions {

  /** In place of a table of pedigrees. */
  static final String NONE = "none";

  @Option(
      names = "--wizard",
      description =
          "Ask for what is missing: find your tables, test the database and the account, write"
              + " .env.local.")
  private boolean wizard;

  @Option(
      names = {"-y", "--non-interactive"},
      description = "Run the wizard without questions; the other options answer them.")
  private boolean nonInteractive;

  @Option(
      names = "--horses",
      paramLabel = "TABLE",
      description = "Table of horses for the wizard, such as racing.horses.")
  private @Nullable String horses;

  @Option(
      names = "--pedigrees",
      paramLabel = "TABLE",
      description = "Table of pedigrees for the wizard, or none to let Studbook create one.")
  private @Nullable String pedigrees;

  @Option(
      names = "--column",
      paramLabel = "NAME=YOURS",
      description =
          "Column for the wizard with its name in your table, such as ra_horses.dob=birth_date;"
              + " with an empty name a column is added. Repeat it for others.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--create-views",
      description = "Let the wizard run the statements for your tables without asking.")
  private boolean createViews;

  @Option(
      names = "--sql-file",
      paramLabel = "F",
      description = "File for the wizard's statements, which are then not run.")
  private @Nullable Path sqlFile;

  @Option(names = "--skip-api", description = "Let the wizard send no request to the API.")
  private boolean skipApi;

  @Option(
      names = "--save",
      description = "Let the wizard write the database and the account to .env.local.")
  private boolean save;

  /** Whether the wizard is asked for. */
  public boolean isWizard() {
    return wizard;
  }

  /**
   * Checks that no option of the wizard is given without it.
   *
   * @throws UsageException if one is
   */
  public void requireNone() {
    if (nonInteractive
        || horses != null
        || pedigrees != null
        || !columns.isEmpty()
        || createViews
        || sqlFile != null
        || skipApi
        || save) {
      throw new UsageException(
          "--non-interactive, --horses, --pedigrees, --column, --create-views, --sql-file,"
              + " --skip-api and --save need --wizard");
    }
  }

  boolean isNonInteractive() {
    return nonInteractive;
  }

  Optional<String> horses() {
    return Optional.ofNullable(horses);
  }

  Optional<String> pedigrees() {
    return Optional.ofNullable(pedigrees);
  }

  Map<String, String> columns() {
    return columns;
  }

  boolean createsViews() {
    return createViews;
  }

  Optional<Path> sqlFile() {
    return Optional.ofNullable(sqlFile);
  }

  boolean skipsApi() {
    return skipApi;
  }

  boolean saves() {
    return save;
  }
}
