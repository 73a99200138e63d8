package studbook.cli.terminal;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("the working directory", System.getProperty("user.dir", ""));
    texts.put("an argument", String.join(" ", arguments));
    new TreeMap<>(environment.environment())
        .forEach((name, value) -> {
          if (Settings.isRead(name)) {
            texts.put(name, value);
          }
        });
    return texts.entrySet().stream()
        .filter(text -> text.getValue().contains(REPLACEMENT))
        .findFirst()
        .map(Map.Entry::getKey)
        .map(what ->
            "%s has letters that the character set of the locale (%s) lacks: set LC_ALL=C.UTF-8"
                .formatted(what, charset()));
  }

  /** Of arguments, the environment and names of files. */
  private static String charset() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }
}
