package studbook.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import studbook.cli.support.CommandEnvironment;
import studbook.simulator.Simulator;
import studbook.store.TestDatabase;
import studbook.time.SystemTime;

/** Calls the command line in this JVM as a shell would, with an environment of the test's own. */
public final class CliRunner {

  public static final String USERNAME = "stable-boy";
  public static final String PASSWORD = "carrots&apples-4711";

  /** The launcher that processes start by, where they are to start as a person's do. */
  private static final @Nullable String LAUNCHER = System.getProperty("studbook.launcher");

  /** What a call came to. */
  public record Result(int code, String out, String err) {}

  /**
   * Tests that run behind {@code nohup} or {@code &} hand ignored signals on to their processes,
   * and Java leaves an ignored signal alone. GNU's env undoes that.
   */
  private static final class SignalDefaults {

    static final List<String> COMMAND = command();

    private static List<String> command() {
      List<String> command = List.of("env", "--default-signal=INT,HUP,QUIT,TERM");
      List<String> trial = new ArrayList<>(command);
      trial.add("true");
      try {
        boolean known = new ProcessBuilder(trial).start().waitFor() == 0;
        return known ? command : List.of();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private boolean person;
  private String typed = "";
  private int faster = 1;

  /** A terminal in {@code folder}, which is also where the home is made. */
  public CliRunner(Path folder) {
    this.folder = folder;
  }

  public CliRunner on(TestDatabase database) {
    return with("DATABASE_URL", database.libpqUri());
  }

  public CliRunner asking(Simulator simulator) {
    return with("RACING_API_BASE_URL", simulator.baseUri().toString())
        .with("RACING_API_USERNAME", USERNAME)
        .with("RACING_API_PASSWORD", PASSWORD);
  }

  public CliRunner with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A person sits there, who types this. */
  CliRunner typing(String lines) {
    person = true;
    typed = lines;
    return this;
  }

  /** Monotonic time passes so many times faster, and waiting takes that much less. */
  CliRunner faster(int times) {
    faster = times;
    return this;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Path folder() {
    return folder;
  }

  public Path home() {
    return folder.resolve("studbook-data");
  }

  public Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new CommandLineRunner(
                new CommandEnvironment(
                    environment,
                    folder,
                    new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    person,
                    SystemTime.clock(),
                    () -> SystemTime.ticker().nanos() * faster,
                    span -> SystemTime.sleeper().sleep(span.dividedBy(faster))))
            .run(arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same call in a process of its own, for what one must be able to kill. */
  public Process start(String... arguments) throws IOException {
    return start("", List.of(), arguments);
  }

  /**
   * The same with a name, by which the files of its output are told from those of others.
   *
   * @param options of the JVM
   */
  public Process start(String name, List<String> options, String... arguments) throws IOException {
    return start(List.of(), name, options, arguments);
  }

  /** The same, where new files are everybody's unless the program says otherwise. */
  Process startWithUmask(String umask, String... arguments) throws IOException {
    List<String> shell = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
    return start(shell, "", List.of(), arguments);
  }

  /**
   * The same behind another command, which runs it: {@code unshare --pid}, {@code script}.
   *
   * @param before that command, which takes the rest of its arguments as a command
   */
  public Process startBehind(List<String> before, String name, String... arguments)
      throws IOException {
    return start(before, name, List.of("--enable-native-access=ALL-UNNAMED"), arguments);
  }

  private Process start(List<String> before, String name, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(SignalDefaults.COMMAND);
    command.addAll(before);
    if (LAUNCHER == null) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:+UseSerialGC");
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(options);
      command.add("studbook.cli.Main");
    } else {
      command.add(LAUNCHER);
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(variable ->
            variable.startsWith("RACING")
                || variable.startsWith("STUDBOOK")
                || variable.startsWith("DATABASE"));
    builder.environment().putAll(environment);
    if (LAUNCHER == null) {
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    } else {
      builder.environment().put("STUDBOOK_JAVA_OPTS", String.join(" ", options));
    }
    builder.redirectOutput(folder.resolve(name + "out.txt").toFile());
    builder.redirectError(folder.resolve(name + "err.txt").toFile());
    return builder.start();
  }
}
