package studbook.service.job;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An option of a job's command that studbook.toml can set.
 *
 * @param key in the job's table
 * @param flag of the command
 * @param form that the value matches
 * @param description completes the sentence "KEY should be …"
 */
public record JobOption(String key, String flag, Pattern form, String description) {

  private static final String TRUE = "true";

  static JobOption number(String key) {
    return new JobOption(key, flag(key), Pattern.compile("[1-9]\\d{0,8}"), "a number from 1");
  }

  static JobOption choice(String key) {
    return new JobOption(key, flag(key), Pattern.compile("true|false"), "true or false");
  }

  static JobOption text(String key, String form, String description) {
    return new JobOption(key, flag(key), Pattern.compile(form), description);
  }

  private static String flag(String key) {
    return "--" + key.replace('_', '-');
  }

  /** The command's arguments for a value of {@link #form}. */
  List<String> arguments(String value) {
    if (form.matcher(TRUE).matches()) {
      return value.equals(TRUE) ? List.of(flag) : List.of();
    }
    return List.of(flag, value);
  }
}
