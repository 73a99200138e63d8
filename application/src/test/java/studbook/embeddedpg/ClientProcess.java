package studbook.embeddedpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ClientProgram} that runs. */
final class ClientProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  ClientProcess(Path home, Path binaries) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ClientProgram.class.getName(),
                    home.toString(),
                    binaries.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = process.inputReader();
  }

  /** Waits until it has its server; {@code started} or {@code joined}. */
  String answer() throws IOException {
    return said.readLine();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    try {
      process.outputWriter().close();
    } catch (IOException e) {
      assertThat(process.isAlive()).isFalse();
    }
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
