package studbook.bench.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A child process; its output goes to a file. Closing kills it. */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final Path output;

  ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException with its output if it ends otherwise, or not in time
   */
  public void endsWith(int code, Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running after %s:%n%s".formatted(longest, output()));
    }
    if (process.exitValue() != code) {
      throw new IllegalStateException(
          "exit code %d instead of %d:%n%s".formatted(process.exitValue(), code, output()));
    }
  }

  /** Asks it to end, as Ctrl-C does. */
  public void stop() {
    process.destroy();
  }

  /** kill -9, and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its output so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for a condition or its end, and returns its maximum memory until then, in MiB, if the
   * system reports it.
   *
   * @throws IllegalStateException if neither happened within {@code longest}
   */
  public OptionalLong peakUntil(String what, Duration longest, BooleanSupplier cameAbout)
      throws InterruptedException {
    OptionalLong[] seen = {OptionalLong.empty()};
    Waiting.until(
        what,
        longest,
        () -> {
          OptionalLong now = peakMebibytes();
          seen[0] = now.isPresent() ? now : seen[0];
          return !isAlive() || cameAbout.getAsBoolean();
        });
    return seen[0];
  }

  /** The processor time that it used, as far as the system reports it. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private OptionalLong peakMebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
