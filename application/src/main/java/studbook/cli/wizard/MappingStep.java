package studbook.cli.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.store.mapping.TableMapping;
import studbook.store.mapping.TableMapping.MappedTable;
import studbook.text.TextTable;

/** Shows which columns of a table are which of Studbook's, and lets the user correct it. */
final class MappingStep {

  private static final String ADDED = "+";

  private final WizardDialog dialog;
  private final WizardOptions options;

  MappingStep(WizardDialog dialog, WizardOptions options) {
    this.dialog = dialog;
    this.options = options;
  }

  /** The mapping after the options and the corrections. */
  TableMapping agreed(TableMapping guessed) throws InputEndedException {
    TableMapping mapping = withOptions(guessed);
    while (true) {
      show(mapping);
      List<String> problems = problems(mapping);
      if (!dialog.isInteractive()) {
        if (!problems.isEmpty()) {
          throw new UsageException(
              "%s; name the column with --column %s.NAME=YOURS"
                  .formatted(String.join("; ", problems), mapping.target().table()));
        }
        return mapping;
      }
      problems.forEach(problem -> dialog.warn(problem + "."));
      if (problems.isEmpty() && dialog.ask().agrees("Is this right?", true)) {
        return mapping;
      }
      mapping = corrected(mapping);
    }
  }

  private TableMapping withOptions(TableMapping guessed) {
    TableMapping mapping = guessed;
    for (Map.Entry<String, String> option : options.columns().entrySet()) {
      String[] name = option.getKey().split("\\.", 2);
      if (name.length < 2 || !isKnown(name[0], name[1])) {
        throw new UsageException(
            "--column %s: name a column of ra_horses or ra_horse_pedigree, as in ra_horses.dob=birth_date"
                .formatted(TableStep.shown(option.getKey())));
      }
      if (!name[0].equals(mapping.target().table())) {
        continue;
      }
      Optional<String> source = Optional.of(option.getValue()).filter(text -> !text.isEmpty());
      TableMapping before = mapping;
      source
          .flatMap(text -> before.obstacle(name[1], text))
          .ifPresent(obstacle -> {
            throw new UsageException("--column %s: %s".formatted(option.getKey(), obstacle));
          });
      mapping = mapping.with(name[1], source);
    }
    return mapping;
  }

  private static boolean isKnown(String table, String column) {
    return List.of(MappedTable.values()).stream()
        .anyMatch(one -> one.table().equals(table) && one.columns().contains(column));
  }

  private static List<String> problems(TableMapping mapping) {
    List<String> problems = new ArrayList<>();
    if (!mapping.lacking().isEmpty()) {
      problems.add(
          "%s needs a column for %s"
              .formatted(mapping.table().quoted(), String.join(" and ", mapping.lacking())));
    }
    if (!mapping.usedTwice().isEmpty()) {
      problems.add(
          "one column cannot stand for two: %s".formatted(String.join(", ", mapping.usedTwice())));
    }
    return problems;
  }

  private void show(TableMapping mapping) {
    CommandContext context = dialog.context();
    context.println("");
    TextTable table =
        new TextTable(context.style())
            .text(mapping.target().table())
            .flexible(TableStep.shown(mapping.table().quoted()))
            .flexible("type");
    mapping
        .sources()
        .forEach((column, source) ->
            table.row(
                column,
                source.map(TableStep::shown).orElse("–"),
                source
                    .map(name -> mapping.table().columns().get(name))
                    .map(found -> found.declared())
                    .orElse("missing: a column is added")));
    table.lines(context.width()).forEach(context::println);
  }

  private TableMapping corrected(TableMapping before) throws InputEndedException {
    dialog.say(
        "Enter keeps a column, another name of your table's changes it, + adds a column to your"
            + " table.");
    TableMapping mapping = before;
    for (String column : before.target().columns()) {
      String now = mapping.source(column).map(TableStep::shown).orElse(ADDED);
      while (true) {
        String answer = dialog.ask().line("  %s [%s] ".formatted(column, now));
        if (answer.isEmpty()) {
          break;
        }
        Optional<String> obstacle =
            answer.equals(ADDED) ? Optional.empty() : mapping.obstacle(column, answer);
        if (obstacle.isEmpty()) {
          mapping = mapping.with(column, Optional.of(answer).filter(name -> !name.equals(ADDED)));
          break;
        }
        dialog.warn(obstacle.get() + ".");
      }
    }
    return mapping;
  }
}
