package studbook.cli.option;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import studbook.cli.settings.SettingName;

/** Options of commands that send requests. */
public final class ApiOptions extends RateOptions {

  @Option(
      names = "--timeout",
      paramLabel = "T",
      description = "Timeout of a whole request, such as 30s or 500ms (RACING_API_TIMEOUT).")
  private String timeout = "";

  @Override
  public Map<SettingName, String> flags() {
    Map<SettingName, String> flags = new HashMap<>(super.flags());
    flags.put(SettingName.RACING_API_TIMEOUT, timeout);
    return flags;
  }
}
