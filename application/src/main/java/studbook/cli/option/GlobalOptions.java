package studbook.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import studbook.cli.settings.SettingName;

/** Options of every command, before its name or after it. */
public final class GlobalOptions {

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Directory of the embedded database and of logs/ (STUDBOOK_HOME).")
  private String home = "";

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "F",
      description = "Settings file; default: studbook.toml in the directory of --home.")
  private String config = "";

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print a detailed log to stderr.")
  public boolean verbose;

  /** The same options for another command line. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (!home.isBlank()) {
      arguments.addAll(List.of("--home", home));
    }
    if (!config.isBlank()) {
      arguments.addAll(List.of("--config", config));
    }
    return arguments;
  }

  /** The values that the command line sets. */
  public Map<SettingName, String> flags() {
    return Map.of(SettingName.STUDBOOK_HOME, home, SettingName.STUDBOOK_CONFIG, config);
  }
}
