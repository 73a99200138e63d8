package studbook.cli.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownHandlerTest {

  /** The hooks of a process run at once, so a library's may be the first. */
  @ParameterizedTest
  @CsvSource({"signal, true", "end, false"})
  void isStoppingBeforeItsOwnHookHasRun(String what, boolean stopping) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HookProgram.class.getName(),
                    what))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(out.lines()).containsExactly("before: false", "in a hook: " + stopping);
  }

  /** A program whose only hook is that of a library. */
  static final class HookProgram {

    public static void main(String[] arguments) {
      ShutdownHandler handler = new ShutdownHandler();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> System.out.println("in a hook: " + handler.isStopping())));
      System.out.println("before: " + handler.isStopping());
      if (arguments[0].equals("end")) {
        handler.completed(ExitCode.DONE);
      }
    }
  }
}
