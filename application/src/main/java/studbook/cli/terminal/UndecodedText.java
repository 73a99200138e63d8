package studbook.cli.terminal;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandEnvironment;

/**
 * Finds text given to this process in characters that the locale's charset lacks. Java has replaced
 * them, so a password would be sent wrongly and a folder would not be found, or created under
 * another name.
 */
public final class UndecodedText {

  private static final String REPLACEMENT = "\uFFFD";

  private UndecodedText() {}

  /** A sentence that names the first such text and what to do; never the text itself. */
  public static Optional<String> find(CommandEnvironment environment, List<String> arguments) {
    Stream<String> folder =
        isUndecoded(System.getProperty("user.dir", ""))
            ? Stream.of("the working directory")
            : Stream.empty();
    Stream<String> argument =
        arguments.stream().anyMatch(UndecodedText::isUndecoded)
            ? Stream.of("an argument")
            : Stream.empty();
    Stream<String> variables =
        environment.environment().entrySet().stream()
            .filter(variable -> Settings.isRead(variable.getKey()))
            .filter(variable -> isUndecoded(variable.getValue()))
            .map(Map.Entry::getKey)
            .sorted();
    return Stream.of(folder, argument, variables)
        .flatMap(found -> found)
        .findFirst()
        .map(what ->
            "%s has letters that the character set of the locale (%s) lacks: set LC_ALL=C.UTF-8"
                .formatted(what, charset()));
  }

  private static boolean isUndecoded(String text) {
    return text.contains(REPLACEMENT);
  }

  /** Of arguments, the environment and names of files. */
  private static String charset() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }
}
