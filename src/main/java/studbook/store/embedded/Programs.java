package studbook.store.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs, as the user that they can run as, and keeps what they say. */
record Programs(ServerFolder folder, ServerUser user) {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int LAST_LINES = 5;

  /** Whether {@code command} could be started and ended with 0. */
  boolean succeeds(String... command) {
    try (Output output = Output.fresh()) {
      return exitCode(List.of(command), new File("/dev/null"), output) == 0;
    } catch (IOException | EmbeddedServerException e) {
      return false;
    }
  }

  /**
   * Runs {@code command} with {@code input} before it ends.
   *
   * @throws EmbeddedServerException with the last lines that it and the server wrote
   */
  void run(File input, List<String> command) throws IOException {
    try (Output output = Output.fresh()) {
      int exitCode = exitCode(command, input, output);
      if (exitCode != 0) {
        throw new EmbeddedServerException(
            "%s for the embedded PostgreSQL in %s failed with exit code %d: %s"
                .formatted(
                    Path.of(command.getFirst()).getFileName(),
                    folder.root(),
                    exitCode,
                    String.join(" | ", lastLines(output))));
      }
    }
  }

  void run(List<String> command) throws IOException {
    run(new File("/dev/null"), command);
  }

  private int exitCode(List<String> command, File input, Output output) throws IOException {
    List<String> whole = new ArrayList<>(user.prefix());
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(folder.root().toFile())
            .redirectInput(input)
            .redirectErrorStream(true)
            // A file, no pipe: a server that inherits it must not depend on us.
            .redirectOutput(output.file().toFile());
    // The server keeps what it is given for days, where COPY FROM PROGRAM and others can read it.
    String path = builder.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      if (process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
    throw new EmbeddedServerException(
        "%s for the embedded PostgreSQL in %s was interrupted or took longer than 15 minutes."
            .formatted(command.getFirst(), folder.root()));
  }

  /**
   * What one command writes. Not in the server's folder: where that belongs to another user, a link
   * could stand there in the file's place, and root would empty what it points to.
   */
  private record Output(Path file) implements AutoCloseable {

    static Output fresh() throws IOException {
      return new Output(Files.createTempFile("studbook-", ".log"));
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  private List<String> lastLines(Output output) throws IOException {
    List<String> lines = new ArrayList<>(tail(output.file()));
    lines.addAll(tail(folder.serverLog()));
    return lines;
  }

  private static List<String> tail(Path file) throws IOException {
    try {
      List<String> lines =
          Files.readString(file, StandardCharsets.ISO_8859_1)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
