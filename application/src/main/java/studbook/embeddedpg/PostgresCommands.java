package studbook.embeddedpg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs as their user and captures their output. */
record PostgresCommands(ServerDirectory directory, OsUser user) {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int LAST_LINES = 5;
  private static final Path NOTHING = Path.of("/dev/null");

  /** These load nss_wrapper, which names the user id of a container. */
  private static final Set<String> KEPT_VARIABLES =
      Set.of("PATH", "LD_PRELOAD", "NSS_WRAPPER_PASSWD", "NSS_WRAPPER_GROUP");

  /** Whether {@code command} started and ended with 0. */
  boolean succeeds(String... command) {
    try (PrivateFile file = PrivateFile.fresh()) {
      return exitCode(List.of(command), NOTHING, file) == 0;
    } catch (IOException | EmbeddedServerException e) {
      return false;
    }
  }

  /**
   * Runs {@code command} with {@code input} to its end.
   *
   * @throws EmbeddedServerException with the last lines of its and the server's output
   */
  void run(String input, List<String> command) throws IOException {
    try (PrivateFile file = PrivateFile.fresh()) {
      Files.writeString(file.path(), input);
      run(file.path(), command);
    }
  }

  void run(List<String> command) throws IOException {
    run(NOTHING, command);
  }

  private void run(Path input, List<String> command) throws IOException {
    try (PrivateFile file = PrivateFile.fresh()) {
      int exitCode = exitCode(command, input, file);
      if (exitCode != 0) {
        throw new EmbeddedServerException(
            "%s for the embedded PostgreSQL in %s failed with exit code %d: %s"
                .formatted(
                    Path.of(command.getFirst()).getFileName(),
                    directory.root(),
                    exitCode,
                    String.join(" | ", lastLines(file))));
      }
    }
  }

  private int exitCode(List<String> command, Path input, PrivateFile file) throws IOException {
    List<String> whole = new ArrayList<>(user.prefix());
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(directory.root().toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            // A file instead of a pipe: a server that inherits it must not depend on this process.
            .redirectOutput(file.path().toFile());
    // The server keeps its environment for days, and COPY FROM PROGRAM can read it.
    builder.environment().keySet().retainAll(KEPT_VARIABLES);
    builder.environment().putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
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
            .formatted(command.getFirst(), directory.root()));
  }

  /**
   * Input or output of a command. Not in the server's folder: if that belongs to another user, it
   * could be a link, which root would follow.
   */
  private record PrivateFile(Path path) implements AutoCloseable {

    static PrivateFile fresh() throws IOException {
      return new PrivateFile(Files.createTempFile("studbook-", ".tmp"));
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }

  private List<String> lastLines(PrivateFile file) throws IOException {
    List<String> lines = new ArrayList<>(tail(file.path()));
    lines.addAll(tail(directory.serverLog()));
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
