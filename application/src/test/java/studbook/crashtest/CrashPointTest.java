package studbook.crashtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CrashPointTest {

  @ParameterizedTest
  @EnumSource
  void isPassedWhereTheJvmHasNoSuchProperty(CrashPoint point) {
    assertThat(System.getProperty(CrashPoint.PROPERTY)).isNull();

    point.reached();
  }

  @ParameterizedTest
  @CsvSource({"AFTER_SLOT, 1", "AFTER_SLOT:1, 1", "AFTER_SLOT:3, 3"})
  void haltsAtItsPassAndRunsNoHook(String armed, int passes) throws Exception {
    Process process = walk("-D" + CrashPoint.PROPERTY + "=" + armed);

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(CrashPoint.EXIT_CODE);
    assertThat(out.lines()).hasSize(passes).allMatch("passing"::equals);
  }

  @Test
  void otherPointsAreInert() throws Exception {
    Process process = walk("-D" + CrashPoint.PROPERTY + "=AFTER_CLAIM");

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(out.lines()).hasSize(Walk.PASSES + 1).endsWith("hook");
  }

  private static Process walk(String property) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                property,
                Walk.class.getName()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A program that passes one point some times. */
  static final class Walk {

    static final int PASSES = 4;

    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      for (int pass = 0; pass < PASSES; pass++) {
        System.out.println("passing");
        CrashPoint.AFTER_SLOT.reached();
      }
    }
  }
}
