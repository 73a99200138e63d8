package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import studbook.time.SystemTime;

/** A command on a pseudo-terminal, which {@code script} of util-linux makes. Closing kills it. */
final class PseudoTerminal implements AutoCloseable {

  private static final char CONTROL_C = 3;

  private final Process process;
  private final Path output;

  private PseudoTerminal(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static PseudoTerminal start(CliRunner cli, int columns, String name, String... arguments)
      throws IOException {
    cli.environment().putIfAbsent("TERM", "xterm-256color");
    String shell =
        "exec script -qefc \"stty cols %d rows 24; exec $*\" /dev/null".formatted(columns);
    Process process = cli.startBehind(List.of("sh", "-c", shell, "sh"), name + "-", arguments);
    return new PseudoTerminal(process, cli.folder().resolve(name + "-out.txt"));
  }

  /** Types a line. */
  void type(String text) throws IOException {
    process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void controlC() throws IOException {
    process.getOutputStream().write(CONTROL_C);
    process.getOutputStream().flush();
  }

  /** Sends a signal to the command itself. */
  void signal(String name) throws Exception {
    long java =
        process
            .descendants()
            .filter(one -> one.info().command().filter(path -> path.endsWith("/java")).isPresent())
            .findFirst()
            .orElseThrow()
            .pid();
    assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(java)).start().waitFor())
        .isZero();
  }

  /** Everything that was sent to the terminal. */
  String sent() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void await(String text) throws InterruptedException {
    await(text, () -> sent().contains(text));
  }

  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos())
          .as("waited for %s: %s", what, sent())
          .isLessThan(deadline);
      assertThat(process.isAlive()).as("ended before %s: %s", what, sent()).isTrue();
      SystemTime.sleeper().sleep(Duration.ofMillis(10));
    }
  }

  /** The command's exit code, which must come within {@code longest}. */
  int exitCode(Duration longest) throws InterruptedException {
    assertThat(process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended within %s: %s", longest, sent())
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
