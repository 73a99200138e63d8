package studbook.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.files.LogDirectory;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.json.ValidationJson;
import studbook.quality.Validation;
import studbook.quality.Validation.ValidationRequest;
import studbook.security.PrivateFiles;
import studbook.store.run.RunRepository;
import studbook.text.AnsiStyle;
import studbook.text.FileErrorMessages;

/** {@code studbook validate}. */
@Command(
    name = "validate",
    description = {
      "Verify a run and its data.",
      "Evaluates success criteria, checks of every row and a quality score, and compares ten"
          + " random rows with what was written.",
      "A validation that fails is notified if notifications are configured."
    },
    exitCodeList = {
      "0:The validation passes.",
      "1:The validation fails.",
      "2:Usage or configuration error."
    },
    footer = {"", "Examples: studbook validate", "          studbook validate --run 7 --json"})
public final class ValidateCommand implements Callable<Integer> {

  private static final int SEEDS = 1_000_000;

  /** Of a report, in columns. */
  private static final int SAVED_WIDTH = 120;

  private final CommandContext context;

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of an earlier validation, to draw the same ten rows.")
  private @Nullable Long seed;

  @Option(
      names = "--save-report",
      description = "Write the result as text to a file in logs/, too.")
  private boolean saveReport;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ValidateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = context.settings(Requirement.DATABASE);
    try (DatabaseSession database = DatabaseSession.existing(settings, context)) {
      database.requireReadable();
      ValidationRequest request =
          new ValidationRequest(
              run.named(new RunRepository(database.jdbi())),
              settings.thresholds(),
              seed == null ? RandomGenerator.getDefault().nextInt(SEEDS) : seed);
      Validation validation =
          Validation.compute(database.jdbi(), request, context.environment().clock()).orElseThrow();
      print(validation);
      Optional<Path> report = saveReport ? save(validation, settings) : Optional.empty();
      if (ValidationSummary.fails(validation)) {
        new FailedValidationNotice(context, settings, database).send(validation, report);
      }
      return validation.passes() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
    }
  }

  private void print(Validation validation) throws IOException {
    if (json) {
      context.printJson(ValidationJson.of(validation));
    } else {
      text(validation, context.style(), context.width()).forEach(context::println);
    }
  }

  private List<String> text(Validation validation, AnsiStyle style, int width) {
    return new ValidationText(validation, style, width, context.environment().clock()).lines();
  }

  /** Empty if it cannot be written, which is reported and changes nothing else. */
  private Optional<Path> save(Validation validation, Settings settings) {
    try {
      Path file = LogDirectory.in(settings.home()).newValidation(context.environment().clock());
      PrivateFiles.write(
          file, String.join("\n", text(validation, AnsiStyle.PLAIN, SAVED_WIDTH)) + "\n");
      if (!json) {
        context.println("Report: " + file);
      }
      return Optional.of(file);
    } catch (IOException e) {
      context.printError("the report could not be written: " + FileErrorMessages.reason(e));
      return Optional.empty();
    }
  }
}
