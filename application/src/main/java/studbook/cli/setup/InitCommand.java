package studbook.cli.setup;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.cli.wizard.SetupWizard;
import studbook.cli.wizard.WizardOptions;
import studbook.store.database.Schema;
import studbook.store.search.SearchIndexes;
import studbook.store.search.SearchIndexes.IndexResult;

/** {@code studbook init}. */
@Command(
    name = "init",
    description = {
      "Create the schema studbook and the tables that are missing.",
      "The tables are ra_horses and ra_horse_pedigree; existing ones are not changed.",
      "With --wizard it also finds tables under other names, and tests the database and the"
          + " account."
    },
    footer = {"", "Examples: studbook init", "          studbook init --wizard"})
public final class InitCommand implements Callable<Integer> {

  private static final int INDENT = 2;

  private final CommandContext context;

  public InitCommand(CommandContext context) {
    this.context = context;
  }

  @Option(names = "--dry-run", description = "Print the SQL statements without running them.")
  private boolean dryRun;

  @Option(
      names = "--search-index",
      description =
          "Create indexes for the dashboard's search: on ra_horses by name, on ra_horse_pedigree by"
              + " parent; writers are not blocked.")
  private boolean searchIndex;

  @Mixin private WizardOptions options = new WizardOptions();

  @Override
  public Integer call() throws IOException {
    if (searchIndex && (dryRun || options.isWizard())) {
      throw new UsageException("--search-index excludes --dry-run and --wizard");
    }
    if (options.isWizard()) {
      if (dryRun) {
        throw new UsageException("--dry-run and --wizard exclude each other");
      }
      return SetupWizard.run(context, options);
    }
    options.requireNone();
    try (DatabaseSession database =
        DatabaseSession.connect(context.settings(Requirement.DATABASE), context)) {
      if (dryRun) {
        context.out().print(new Schema(database.database()).script());
        context.out().flush();
        return ExitCode.DONE;
      }
      boolean made = database.migrate(context);
      context.println(
          (made ? "Ready: " : "Nothing to do, everything exists: ")
              + database.place()
              + ", schema studbook, tables ra_horses and ra_horse_pedigree.");
      return searchIndex ? createIndexes(database) : ExitCode.DONE;
    }
  }

  private int createIndexes(DatabaseSession database) {
    List<IndexResult> results = new SearchIndexes(database.database().dataSource()).create();
    for (IndexResult result : results) {
      context.println(
          result.failure().isEmpty() ? "Exists now, " + result.purpose() + ":" : "Not created:");
      context.print(result.statement() + ";", INDENT);
      result.failure().ifPresent(reason -> context.print("Reason: " + reason + ".", INDENT));
    }
    if (results.stream().allMatch(result -> result.failure().isEmpty())) {
      return ExitCode.DONE;
    }
    context.print(
        "Run what was not created as the owner of the table. Without an index the search, or the list"
            + " of offspring, reads the whole table.",
        0);
    return ExitCode.DONE_WITH_FAILURES;
  }
}
