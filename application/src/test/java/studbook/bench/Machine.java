package studbook.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import studbook.bench.environment.BenchEnvironment;

/** A description of the machine. */
final class Machine {

  private Machine() {}

  static String describe(BenchEnvironment workshop) {
    String postgres =
        workshop
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT 'PostgreSQL ' || current_setting('server_version')
                          || ', fsync ' || current_setting('fsync')
                          || ', synchronous_commit ' || current_setting('synchronous_commit')
                        """)
                    .mapTo(String.class)
                    .one());
    return String.format(
        Locale.ROOT,
        "%d cores%s · %s memory · %s %s · JDK %s · %s · load %.1f at the start",
        Runtime.getRuntime().availableProcessors(),
        value("/proc/cpuinfo", "model name", " (", ")"),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version").replaceFirst("-.*", ""),
        Runtime.version(),
        postgres,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String memory() {
    String kilobytes = value("/proc/meminfo", "MemTotal", "", "").replaceAll("\\D", "");
    return kilobytes.isEmpty()
        ? "unknown"
        : Math.round(Long.parseLong(kilobytes) / 1024.0 / 1024.0) + " GB";
  }

  /** The first line of a Linux file with this beginning; empty elsewhere. */
  private static String value(String file, String name, String before, String after) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> before + line.substring(line.indexOf(':') + 1).strip() + after)
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
