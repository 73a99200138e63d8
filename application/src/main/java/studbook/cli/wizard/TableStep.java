package studbook.cli.wizard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.model.SafeText;
import studbook.store.error.StoreException;
import studbook.store.mapping.CandidateTable;
import studbook.store.mapping.MappingRepository;
import studbook.store.mapping.MappingRepository.ExistingTable;
import studbook.store.mapping.TableMapping;
import studbook.store.mapping.TableMapping.MappedTable;
import studbook.text.HumanFormat;

/** Finds the user's tables of horses and pedigrees, and gives them Studbook's names. */
final class TableStep {

  private static final int LONGEST_NAME = 130;

  private final WizardDialog dialog;
  private final WizardOptions options;
  private final MappingRepository repository;
  private boolean viewsCreated;

  TableStep(WizardDialog dialog, WizardOptions options, MappingRepository repository) {
    this.dialog = dialog;
    this.options = options;
    this.repository = repository;
  }

  /** Whether both tables exist under Studbook's names now, or Studbook is to create them. */
  boolean prepare() throws InputEndedException, IOException {
    Optional<ExistingTable> existing = repository.existing(MappedTable.HORSES);
    if (existing.isPresent()) {
      return existing(existing.get());
    }
    Optional<CandidateTable> horses = horses();
    if (horses.isEmpty()) {
      dialog.say("Studbook creates ra_horses and ra_horse_pedigree.");
      return true;
    }
    List<TableMapping> mappings = new ArrayList<>();
    MappingStep mapping = new MappingStep(dialog, options);
    mappings.add(mapping.agreed(horses.get().asHorses()));
    pedigrees(horses.get()).map(CandidateTable::asPedigrees).ifPresent(mappings::add);
    if (mappings.size() > 1) {
      mappings.set(1, mapping.agreed(mappings.get(1)));
    }
    viewsCreated = new ScriptStep(dialog, options, repository).run(repository.script(mappings));
    return viewsCreated;
  }

  /** Whether this changed the database. */
  boolean hasCreatedViews() {
    return viewsCreated;
  }

  private boolean existing(ExistingTable existing) throws InputEndedException {
    if (options.horses().isPresent()) {
      throw new UsageException(
          "ra_horses exists in schema %s, so no view of that name can be created: leave --horses out, or rename ra_horses"
              .formatted(shown(existing.schema())));
    }
    dialog.say("ra_horses of schema %s".formatted(shown(existing.schema())));
    List<CandidateTable> others = existing.isEmpty() ? repository.horseTables() : List.of();
    others = others.stream().filter(one -> one.rows() > 0).toList();
    if (others.isEmpty()) {
      return true;
    }
    String problem =
        "ra_horses is empty, and %s has horses. If an earlier `studbook init` created ra_horses, run as its owner DROP TABLE ra_horses, ra_horse_pedigree; and start again"
            .formatted(shown(others.getFirst().quoted()));
    if (!dialog.isInteractive()) {
      throw new UsageException(problem);
    }
    dialog.warn(problem + ".");
    if (!dialog.ask().agrees("Continue with the empty ra_horses?", false)) {
      throw new UsageException("nothing was changed");
    }
    return true;
  }

  private Optional<CandidateTable> horses() throws InputEndedException {
    if (options.horses().isPresent()) {
      return Optional.of(repository.named(options.horses().get()));
    }
    dialog.say("Looking for tables with horses …");
    List<CandidateTable> found = repository.horseTables();
    if (found.isEmpty()) {
      return none();
    }
    if (found.size() == 1 || dialog.isInteractive()) {
      return Optional.of(found.size() == 1 ? only(found.getFirst()) : chosen(found));
    }
    throw new UsageException(
        "several tables may have your horses: %s; name one with --horses"
            .formatted(String.join(", ", found.stream().map(TableStep::described).toList())));
  }

  private CandidateTable only(CandidateTable found) throws InputEndedException {
    dialog.say("Found %s.".formatted(described(found)));
    return dialog.agrees("Does it have your horses?", true, true) ? found : asked();
  }

  private CandidateTable chosen(List<CandidateTable> found) throws InputEndedException {
    dialog.say("These tables may have your horses:");
    List<String> texts = new ArrayList<>(found.stream().map(TableStep::described).toList());
    texts.add("another table");
    int choice = dialog.choose("Which one has them?", texts);
    return choice < found.size() ? found.get(choice) : asked();
  }

  /** The name of a table that exists. */
  private CandidateTable asked() throws InputEndedException {
    while (true) {
      String name = dialog.ask().line("Table with your horses, as SCHEMA.TABLE: ");
      try {
        if (!name.isEmpty()) {
          return repository.named(name);
        }
      } catch (StoreException e) {
        dialog.warn(e.getMessage() + ".");
      }
    }
  }

  private Optional<CandidateTable> none() throws InputEndedException {
    List<String> grants = repository.unreadable();
    String hidden =
        grants.isEmpty()
            ? ""
            : "; this database user may not read some that are named so: run as the owner "
                + String.join(" ", grants);
    String problem = "no table with horses was found (an id such as hrs_123 and a name)" + hidden;
    if (!dialog.isInteractive()) {
      throw new UsageException(
          problem
              + "; name it with --horses SCHEMA.TABLE, or run `studbook init` without --wizard,"
              + " which creates ra_horses");
    }
    dialog.warn(problem + ".");
    return dialog.ask().agrees("Shall Studbook create an empty ra_horses?", false)
        ? Optional.empty()
        : Optional.of(asked());
  }

  private Optional<CandidateTable> pedigrees(CandidateTable horses) throws InputEndedException {
    if (repository.existing(MappedTable.PEDIGREES).isPresent()) {
      dialog.say("ra_horse_pedigree exists already.");
      return Optional.empty();
    }
    if (options.pedigrees().isPresent()) {
      String name = options.pedigrees().get();
      return name.equals(WizardOptions.NONE)
          ? Optional.empty()
          : Optional.of(repository.named(name));
    }
    List<CandidateTable> found = repository.pedigreeTables(horses);
    if (found.isEmpty()) {
      dialog.say("No table with pedigrees was found: Studbook creates ra_horse_pedigree.");
      return Optional.empty();
    }
    if (dialog.isInteractive()) {
      dialog.say("These tables may have your pedigrees:");
      List<String> texts = new ArrayList<>(found.stream().map(TableStep::described).toList());
      texts.add("none: Studbook creates ra_horse_pedigree");
      int choice = dialog.choose("Which one has them?", texts);
      return choice < found.size() ? Optional.of(found.get(choice)) : Optional.empty();
    }
    if (found.size() > 1) {
      throw new UsageException(
          "several tables may have your pedigrees: %s; name one with --pedigrees, or --pedigrees none"
              .formatted(String.join(", ", found.stream().map(TableStep::described).toList())));
    }
    dialog.say("Found %s.".formatted(described(found.getFirst())));
    return Optional.of(found.getFirst());
  }

  private static String described(CandidateTable table) {
    return "%s, %s".formatted(shown(table.quoted()), HumanFormat.count(table.rows(), "row"));
  }

  static String shown(String name) {
    return SafeText.excerpt(name, LONGEST_NAME);
  }
}
