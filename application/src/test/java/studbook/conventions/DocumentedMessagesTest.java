package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;

/** The messages that docs/operations.md explains are those of the program. */
class DocumentedMessagesTest {

  private static final Path OPERATIONS = Path.of("docs/operations.md");

  /** The header of a table whose first column has messages. */
  private static final List<String> HEADERS = List.of("message", "reason");

  @Test
  void everyMessageIsInTheProgram() throws IOException {
    String program = literals();
    List<String> unknown = new ArrayList<>();
    int messages = 0;
    for (String cell : messageCells()) {
      for (String message : cell.split(" / ", -1)) {
        messages++;
        Arrays.stream(message.split("…|\\*|\\(not a pause\\)"))
            .map(String::strip)
            .filter(part -> part.length() > 2 && !program.contains(part))
            .forEach(part -> unknown.add("'%s' of '%s'".formatted(part, message)));
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(messages).isGreaterThan(60);
  }

  @Test
  void everyKindOfErrorIsExplained() throws IOException {
    String text = Files.readString(OPERATIONS);
    assertThat(ErrorKind.values()).allSatisfy(kind -> assertThat(text).contains("`" + kind + "`"));
  }

  private static List<String> messageCells() throws IOException {
    List<String> cells = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(OPERATIONS)) {
      String first = line.startsWith("| ") ? line.split("(?<!\\\\)\\|", -1)[1].strip() : "";
      if (HEADERS.contains(first)) {
        inside = true;
      } else if (first.isEmpty() && !line.startsWith("|")) {
        inside = false;
      } else if (inside && !first.isEmpty()) {
        cells.add(first);
      }
    }
    return cells;
  }

  /** The sources, with literals that are broken over lines joined. */
  private static String literals() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path source : SourceFiles.main()) {
      all.append(Files.readString(source).replaceAll("\"\\s*\\+ \"", "").replace("\\\"", "\""));
    }
    return all.toString();
  }
}
