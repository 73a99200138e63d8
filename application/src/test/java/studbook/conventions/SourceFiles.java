package studbook.conventions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of all modules. */
final class SourceFiles {

  private static final List<String> MODULES = List.of("simulator", "pedigree", "application");

  private SourceFiles() {}

  /** Sources of what ships. */
  static List<Path> main() throws IOException {
    return below("src/main/java");
  }

  /** Sources of what ships and of the tests. */
  static List<Path> all() throws IOException {
    return below("src");
  }

  private static List<Path> below(String folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of(module, folder))) {
        files.filter(path -> path.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
