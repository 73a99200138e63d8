package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What surrounds the launcher on real machines: locales, options for Java, odd folders. */
class LauncherEnvironmentTest extends LauncherTree {

  private static final String TELLS_THE_LOCALE =
      """
      #!/bin/bash
      echo "LC_ALL=${LC_ALL:-} $*"
      """;

  @ParameterizedTest
  @CsvSource({
    "LANG, C, C.UTF-8",
    "LC_ALL, POSIX, C.UTF-8",
    "LANG, xx_XX.UTF-8, C.UTF-8",
    "LC_CTYPE, C.UTF-8, ''",
  })
  void javaGetsALocaleThatKnowsEveryLetter(String variable, String locale, String given)
      throws Exception {
    assumeThat(found("locale")).isPresent();
    executable(jdk.resolve("bin/java"), TELLS_THE_LOCALE);
    environment.put(variable, locale);
    assertThat(run("plan").output()).startsWith("LC_ALL=" + given + " -");
  }

  @ParameterizedTest
  @CsvSource({
    "STUDBOOK_JAVA_OPTS, -XX:+UseG1GC, -XX:+UseSerialGC",
    "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC, -XX:+UseSerialGC",
    "JDK_JAVA_OPTIONS, -Xms2g, -Xmx256m",
    "JAVA_TOOL_OPTIONS, -XX:MaxRAMPercentage=60, -Xmx256m",
  })
  void aCollectorOrHeapThatAPersonChoosesReplacesOurs(String variable, String option, String ours)
      throws Exception {
    run();
    environment.put(variable, option);
    Ended ended = run("plan");
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(ended.output()).doesNotContain(ours).contains("-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void tellsJavaByWhichNameItWasCalled() throws Exception {
    executable(jdk.resolve("bin/java"), TELLS_ITS_NAME);
    run();
    assertThat(end(start(tree, List.of("./studbook", "plan"))).output()).isEqualTo("./studbook\n");
    Files.createSymbolicLink(bin.resolve("studbook"), tree.resolve("studbook"));
    assertThat(end(start(tree, List.of("env", "studbook", "plan"))).output())
        .isEqualTo("studbook\n");
  }

  @Test
  void optionsThatJavaRefusesAreNamed() throws Exception {
    run();
    executable(jdk.resolve("bin/java"), "#!/bin/bash\necho 'Unrecognized option'; exit 1\n");
    environment.put("STUDBOOK_JAVA_OPTS", "-Xnonsense");
    Ended ended = run("plan");
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error().lines())
        .singleElement()
        .asString()
        .contains("STUDBOOK_JAVA_OPTS", "-Xnonsense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "wow!"})
  void aFolderThatJavaCannotRunFromIsNamed(String name) throws Exception {
    Path folder = Files.move(tree, tree.resolveSibling(name));
    Ended ended = end(start(folder, List.of(folder.resolve("studbook").toString(), "plan")));
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.error().lines()).singleElement().asString().contains(folder.toString());
  }

  @Test
  void aWorkingDirectoryThatWasDeletedIsNamed() throws Exception {
    Path gone = Files.createDirectories(tree.resolveSibling("gone"));
    String script = "rmdir \"$PWD\" && exec '%s' plan".formatted(tree.resolve("studbook"));
    provide("rmdir");
    Ended ended = end(start(gone, List.of("bash", "-c", script)));
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.error()).contains("studbook: The working directory was deleted");
  }
}
