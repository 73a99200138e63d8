package studbook.cli.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import studbook.model.SafeText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A {@code studbook.toml}: its values by path ({@code jobs.discover.cron}), and the errors of its
 * syntax. What the keys mean is the reader's matter.
 *
 * @param name for messages
 */
record ConfigFile(String name, Map<String, ConfigValue> values, List<String> mistakes) {

  /** No file. */
  static final ConfigFile NONE = new ConfigFile("", Map.of(), List.of());

  private static final int MAX_MESSAGE = 200;

  /**
   * A number, a boolean or a text, as text.
   *
   * @param place {@code studbook.toml line 3}
   */
  record ConfigValue(String text, String place) {}

  static ConfigFile read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      return parse(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      return failed(name, name + " is not UTF-8 text");
    } catch (IOException e) {
      return failed(name, name + " cannot be read");
    }
  }

  private static ConfigFile parse(String name, String text) {
    try {
      ConfigFile file = new ConfigFile(name, new LinkedHashMap<>(), new ArrayList<>());
      file.add("", new TomlMapper().readTree(text), new ConfigLines(text));
      return file;
    } catch (JacksonException e) {
      return failed(
          name,
          "%s line %d is not valid TOML: %s"
              .formatted(
                  name,
                  Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                  SafeText.excerpt(e.getOriginalMessage(), MAX_MESSAGE)));
    }
  }

  private static ConfigFile failed(String name, String mistake) {
    return new ConfigFile(name, Map.of(), List.of(mistake));
  }

  private void add(String path, JsonNode node, ConfigLines lines) {
    String place = "%s line %d".formatted(name, lines.of(path));
    if (node.isObject()) {
      node.forEachEntry((key, value) -> add(path.isEmpty() ? key : path + "." + key, value, lines));
    } else if (node.isString() || node.isNumber() || node.isBoolean()) {
      values.put(path, new ConfigValue(node.asString(), place));
    } else {
      mistakes.add("%s: %s should be a text, a number, true or false".formatted(place, path));
    }
  }
}
