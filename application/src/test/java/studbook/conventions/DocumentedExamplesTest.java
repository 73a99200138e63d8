package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every code block of the documentation works. Its language says how it is checked: {@code console}
 * (commands and their output), {@code sh}, {@code sql}, {@code toml}, {@code env}, {@code ini},
 * {@code crontab}. What another test runs, or what cannot be run, is listed here.
 */
class DocumentedExamplesTest {

  private static final String INSTALLS = "sh install";

  /** Blocks of a document that another test runs. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "docs/cli.md text", "CliReferenceTest",
          "docs/getting-started.md sh demo", "CheckAndDemoTest",
          "docs/your-tables.md sql", "YourTablesTest",
          "docs/your-tables.md sh", "UnaskedWizardTest",
          "pedigree/README.md csv", "ReadmeTest",
          "pedigree/README.md java", "ReadmeTest",
          "pedigree/README.md text", "ReadmeTest");

  /**
   * Commands that a test must not run: they need root, an installed package or a whole build. A
   * block of the kind {@code sh install} has nothing else.
   */
  private static final Set<String> INSTALL_COMMANDS =
      Set.of("cd", "cp", "docker", "java", "mvn", "systemctl");

  /** Kinds whose examples need neither a database nor an API. */
  private static final Set<String> PLAIN = Set.of("java", "java quoted", INSTALLS);

  /** Documents that begin with an empty database, and load horses themselves. */
  private static final Set<String> FROM_NOTHING = Set.of("README.md", "docs/getting-started.md");

  /** Kinds that nothing checks, with the reason. */
  private static final Map<String, String> UNCHECKED =
      Map.of("text diagram", "a drawing for people", "nginx", "needs an nginx");

  @TempDir Path folder;

  static List<Path> documents() throws IOException {
    List<Path> documents =
        new ArrayList<>(List.of(Path.of("simulator/README.md"), Path.of("pedigree/README.md")));
    for (Path place : List.of(Path.of(""), Path.of("docs"))) {
      try (Stream<Path> files = Files.list(place)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    List<Path> withExamples = new ArrayList<>();
    for (Path document : documents) {
      if (!DocumentedExample.of(document).isEmpty()) {
        withExamples.add(document);
      }
    }
    withExamples.sort(null);
    return withExamples;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void examplesWork(Path document) throws Exception {
    List<DocumentedExample> examples =
        DocumentedExample.of(document).stream()
            .filter(example -> !ELSEWHERE.containsKey(document + " " + example.kind()))
            .filter(example -> !UNCHECKED.containsKey(example.kind()))
            .toList();
    for (DocumentedExample example : examples) {
      if (PLAIN.contains(example.kind())) {
        checkPlain(example);
      }
    }
    examples = examples.stream().filter(one -> !PLAIN.contains(one.kind())).toList();
    if (examples.isEmpty()) {
      return;
    }
    try (DocumentSession session = new DocumentSession(folder)) {
      if (!FROM_NOTHING.contains(document.toString())) {
        session.filled();
      }
      for (DocumentedExample example : examples) {
        check(session, example);
      }
    }
  }

  private void check(DocumentSession session, DocumentedExample example) throws Exception {
    switch (example.kind()) {
      case "console" -> session.compare(example);
      case "sh" -> session.run(example);
      case "sql" -> session.sql(example);
      case "toml" -> session.settings(example, folder.resolve("studbook-data/studbook.toml"));
      case "env" -> session.settings(example, folder.resolve(".env.local"));
      case "crontab" -> session.run(commandOf(example, "(?:\\S+ ){5} *cd /srv/studbook && "));
      case "ini" -> session.run(commandOf(example, "(?ms).*^ExecStart=/srv/studbook/"));
      default -> throw new AssertionError(example + ": nothing checks a block of this kind");
    }
  }

  private void checkPlain(DocumentedExample example) throws IOException {
    switch (example.kind()) {
      case "java" -> compile(example);
      case "java quoted" ->
          assertThat(sources().contains(words(example.text()))).as(example.toString()).isTrue();
      case INSTALLS ->
          assertThat(example.commands())
              .as(example.toString())
              .allMatch(command -> INSTALL_COMMANDS.contains(command.split(" ", 2)[0]));
      default -> throw new AssertionError(example.kind());
    }
  }

  /** Compiles the body of a method with the imports of the simulator. */
  private void compile(DocumentedExample example) throws IOException {
    Path source = folder.resolve("Example.java");
    Files.writeString(
        source,
        """
        import studbook.simulator.*;
        import studbook.simulator.fault.*;
        import studbook.simulator.population.*;
        class Example { void run() { %s } }
        """
            .formatted(example.text()));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(code).as(example + ": " + messages).isZero();
  }

  private static String sources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (Path file : SourceFiles.main()) {
      sources.append(words(Files.readString(file))).append('\n');
    }
    return sources.toString();
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The command of a schedule or a unit. */
  private static DocumentedExample commandOf(DocumentedExample example, String before) {
    String command = example.text().replaceFirst(before, "").lines().findFirst().orElseThrow();
    assertThat(command).as(example.toString()).matches("(\\./)?studbook .*");
    return new DocumentedExample(
        example.document(), example.line(), "sh", command.replaceFirst(" >>.*", ""));
  }

  @Test
  void everyCodeBlockHasAFence() throws IOException {
    List<String> unfenced = new ArrayList<>();
    for (Path document : documents()) {
      unfenced.addAll(DocumentedExample.unfenced(document));
    }
    assertThat(unfenced).isEmpty();
  }

  @Test
  void whatOtherTestsRunIsThere() throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Path document : documents()) {
      DocumentedExample.of(document).forEach(example -> kinds.add(document + " " + example.kind()));
    }
    assertThat(kinds).containsAll(ELSEWHERE.keySet());
    assertThat(SourceFiles.all().stream().map(file -> file.getFileName().toString()))
        .containsAll(ELSEWHERE.values().stream().map(test -> test + ".java").toList());
  }
}
