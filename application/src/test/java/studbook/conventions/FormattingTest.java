package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source stands as google-java-format writes it. To format instead of check: {@code mvn -q
 * test -Dtest=FormattingTest -Dformat=write}.
 */
class FormattingTest {

  @Test
  void everySourceIsFormatted() throws Exception {
    boolean write = "write".equals(System.getProperty("format"));
    List<String> unformatted = new ArrayList<>();
    for (Path source : SourceFiles.all()) {
      String text = Files.readString(source);
      String formatted = format(text);
      if (!formatted.equals(text)) {
        unformatted.add(source.toString());
        if (write) {
          Files.writeString(source, formatted);
        }
      }
    }
    if (write) {
      System.out.println("Formatted: " + unformatted);
    } else {
      assertThat(unformatted)
          .as("not formatted; mvn -q test -Dtest=FormattingTest -Dformat=write mends it")
          .isEmpty();
    }
  }

  private static String format(String text) throws FormatterException {
    Formatter formatter = new Formatter();
    String ordered =
        ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.GOOGLE);
    return formatter.formatSource(ordered);
  }
}
