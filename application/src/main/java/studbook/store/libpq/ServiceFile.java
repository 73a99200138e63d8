package studbook.store.libpq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connection parameters of services: {@code [name]}, then lines of {@code keyword=value}. */
record ServiceFile(Path file) {

  /**
   * The parameters of {@code service}; empty if the file or the service does not exist.
   *
   * @throws IllegalArgumentException if the file is unreadable or a line of the service is invalid;
   *     the line is not quoted, since it may contain a password
   */
  Optional<Map<String, String>> definition(String service) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    boolean found = false;
    List<String> lines = lines();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        if (found) {
          break;
        }
        found = line.equals("[" + service + "]");
      } else if (found) {
        add(parameters, line, number);
      }
    }
    return found ? Optional.of(parameters) : Optional.empty();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names a service, and the service file " + file + " cannot be read", e);
    }
  }

  private void add(Map<String, String> parameters, String line, int number) {
    int equals = line.indexOf('=');
    String keyword = equals < 0 ? "" : line.substring(0, equals).strip();
    if (keyword.isEmpty() || keyword.equals("service")) {
      throw new IllegalArgumentException(
          "names a service, and line %d of the service file %s is not keyword=value%s"
              .formatted(
                  number, file, keyword.isEmpty() ? "" : " (a service cannot name another one)"));
    }
    parameters.putIfAbsent(keyword, line.substring(equals + 1).strip());
  }
}
