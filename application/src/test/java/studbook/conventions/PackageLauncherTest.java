package studbook.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the launcher of a package runs. Java is a script that prints how it was called. */
class PackageLauncherTest extends LauncherTree {

  private Path home;

  @BeforeEach
  void unpacked() throws Exception {
    home = Files.createDirectories(temporary.toRealPath().resolve("lib/stud book"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("runtime/bin"));
    executable(home.resolve("bin/studbook"), Files.readString(Path.of("packaging", "studbook")));
    executable(home.resolve("runtime/bin/java"), JAVA);
  }

  private Ended launch(Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return end(start(home, command));
  }

  @Test
  void findsItsRuntimeThroughLinks() throws Exception {
    Path inner = Files.createSymbolicLink(bin.resolve("inner"), home.resolve("bin/studbook"));
    Path outer = Files.createSymbolicLink(bin.resolve("studbook"), inner.getFileName());
    Ended ended = launch(outer, "status", "two words", "*");
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.output())
        .contains(home + "/runtime/bin/java -XX:SharedArchiveFile=" + home + "/app/studbook.jsa ")
        .contains(
            "-Xmx256m -XX:+UseSerialGC -jar " + home + "/app/studbook.jar status two words *\n");
  }

  @Test
  void tellsJavaByWhichNameItWasCalled() throws Exception {
    executable(home.resolve("runtime/bin/java"), TELLS_ITS_NAME);
    Path link = Files.createSymbolicLink(bin.resolve("studbook"), home.resolve("bin/studbook"));
    assertThat(launch(link).output()).isEqualTo("studbook\n");
    assertThat(launch(Path.of("bin/studbook")).output()).isEqualTo("bin/studbook\n");
  }

  @Test
  void aServiceHasASmallHeapAndPedigreesALargeOne() throws Exception {
    Path launcher = home.resolve("bin/studbook");
    assertThat(launch(launcher, "serve", "--home", "x").output())
        .contains("-Xmx256m -Xms16m -Xmn8m ");
    assertThat(launch(launcher, "pedigree", "check").output())
        .contains("-Xmx1g ")
        .doesNotContain("-Xmx256m");
  }

  @Test
  void onlyTheInbreedingOfAllHorsesIsOptimised() throws Exception {
    Path launcher = home.resolve("bin/studbook");
    assertThat(launch(launcher, "status").output()).contains(" -XX:TieredStopAtLevel=1 ");
    assertThat(launch(launcher, "pedigree", "check").output())
        .contains(" -XX:TieredStopAtLevel=1 ");
    environment.put("STUDBOOK_JAVA_OPTS", "-Xmx2g");
    assertThat(launch(launcher, "pedigree", "inbreeding", "--all").output())
        .doesNotContain("Tiered");
  }

  @Test
  void optionsOfTheUserTakePrecedence() throws Exception {
    environment.put("STUDBOOK_JAVA_OPTS", "-XX:+UseG1GC -Xms1g -Da=*");
    assertThat(launch(home.resolve("bin/studbook")).output())
        .contains(" -XX:+UseG1GC -Xms1g -Da=* -jar ")
        .doesNotContain("UseSerialGC")
        .doesNotContain("-Xmx256m");
  }

  @Test
  void aGarbageCollectorOfJavasOwnVariableIsTheOnlyOne() throws Exception {
    environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC");
    assertThat(launch(home.resolve("bin/studbook")).output())
        .contains("-Xmx256m -jar ")
        .doesNotContain("UseSerialGC");
  }
}
