package studbook.cli.wizard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.security.AtomicFile;
import studbook.store.mapping.MappingRepository;
import studbook.store.mapping.MappingScript;

/** Shows the statements for the user's tables; runs them only if the user agrees. */
final class ScriptStep {

  private static final Path USUAL_FILE = Path.of("studbook-views.sql");

  private final WizardDialog dialog;
  private final CommandContext context;
  private final WizardOptions options;
  private final MappingRepository repository;

  ScriptStep(WizardDialog dialog, WizardOptions options, MappingRepository repository) {
    this.dialog = dialog;
    this.context = dialog.context();
    this.options = options;
    this.repository = repository;
  }

  /** Whether the statements were run. */
  boolean run(MappingScript script) throws InputEndedException, IOException {
    dialog.heading("Statements");
    context.println(script.text());
    if (!script.needs().isEmpty()) {
      dialog.warn(
          "This database user may not run them: %s. Let the owner of the tables run them."
              .formatted(String.join("; ", script.needs())));
    } else if (options.sqlFile().isEmpty()) {
      if (!dialog.isInteractive() && !options.createsViews()) {
        throw new UsageException(
            "nothing was changed: add --create-views to run these statements, or --sql-file F to"
                + " write them to a file");
      }
      if (options.createsViews() || dialog.ask().agrees("Run these statements now?", false)) {
        return executed(script);
      }
    }
    toFile(script);
    return false;
  }

  private boolean executed(MappingScript script) throws InputEndedException, IOException {
    try {
      repository.run(script);
      dialog.say("Done.");
      return true;
    } catch (RuntimeException e) {
      if (!dialog.isInteractive() || context.stopSignal().isStopping()) {
        throw e;
      }
      dialog.warn(context.sentence(e) + ". Nothing was changed.");
      toFile(script);
      return false;
    }
  }

  private void toFile(MappingScript script) throws InputEndedException, IOException {
    Path file = options.sqlFile().orElse(USUAL_FILE);
    if (options.sqlFile().isPresent()
        || dialog.agrees("Write them to %s?".formatted(file), true, false)) {
      try (AtomicFile written =
          AtomicFile.at(context.environment().workingDirectory().resolve(file), false)) {
        written.writer().write(script.text());
        written.commit();
        dialog.say("The statements are in %s.".formatted(file));
      } catch (FileAlreadyExistsException e) {
        throw new UsageException(
            "%s exists already: name another file with --sql-file".formatted(file));
      }
    }
  }
}
