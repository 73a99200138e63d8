package studbook.store.mapping;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that give the user's tables Studbook's names.
 *
 * @param statements to run in this order
 * @param needs why this database user may not run them, a sentence each; empty if it may
 */
public record MappingScript(List<String> statements, List<String> needs) {

  public MappingScript {
    statements = List.copyOf(statements);
    needs = List.copyOf(needs);
  }

  /** All statements, for a file or a terminal. */
  public String text() {
    return statements.stream().collect(Collectors.joining("\n\n", "", "\n"));
  }
}
