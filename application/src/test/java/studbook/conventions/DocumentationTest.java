package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types and links in the documentation exist. */
class DocumentationTest {

  private static final Path ROOT = Path.of("");

  /** {@code `store.run.RunPlanner`}: packages, if given, and a type of two words or more. */
  private static final Pattern TYPE =
      Pattern.compile("`((?:[a-z]+\\.)*)([A-Z][a-z0-9]+[A-Z]\\w*)(?:\\.\\w+)*`");

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
  void typesExist(String document) throws IOException {
    Set<String> sources = sources();
    List<String> missing = new ArrayList<>();
    Matcher type = TYPE.matcher(Files.readString(ROOT.resolve(document)));
    while (type.find()) {
      String path = "/" + type.group(1).replace('.', '/') + type.group(2) + ".java";
      if (sources.stream().noneMatch(source -> source.endsWith(path))) {
        missing.add(type.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)
            || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
          broken.add(document + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> here = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(here, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static Set<String> sources() throws IOException {
    return SourceFiles.all().stream().map(Path::toString).collect(Collectors.toSet());
  }

  /** The anchors that a renderer makes of headings. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading ->
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
