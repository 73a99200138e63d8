package studbook.cli.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.cli.settings.ConfigFile.ConfigValue;
import studbook.model.SafeText;
import studbook.pedigree.check.RuleThreshold;
import studbook.pedigree.check.RuleThresholds;

/** Reads the table {@code [pedigree]} of studbook.toml: the thresholds of the pedigree check. */
final class PedigreeConfigReader {

  /** Its keys begin so. */
  static final String TABLE = "pedigree.";

  private static final int MAX_REASON = 120;

  /** As many digits as {@link RuleThresholds#HIGHEST} has, less one. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  private final Map<String, ConfigValue> values;
  private final Collection<String> mistakes;

  /**
   * @param values of the file, by path
   * @param mistakes where errors are added
   */
  PedigreeConfigReader(Map<String, ConfigValue> values, Collection<String> mistakes) {
    this.values = values;
    this.mistakes = mistakes;
  }

  /** The thresholds; an invalid one has its default. */
  RuleThresholds read() {
    Map<RuleThreshold, Integer> given = new EnumMap<>(RuleThreshold.class);
    values.forEach((path, value) -> {
      if (path.startsWith(TABLE)) {
        Optional<RuleThreshold> threshold = RuleThreshold.ofKey(path.substring(TABLE.length()));
        if (threshold.isEmpty()) {
          mistakes.add(
              "%s: unknown key %s; the keys of pedigree are %s"
                  .formatted(value.place(), SafeText.excerpt(path, MAX_REASON), keys()));
        } else if (!NUMBER.matcher(value.text()).matches()) {
          mistakes.add(
              "%s: %s should be a whole number from 0 to 99999"
                  .formatted(value.place(), threshold.get().key()));
        } else {
          given.put(threshold.get(), Integer.parseInt(value.text()));
        }
      }
    });
    return new RuleThresholds(given);
  }

  private static String keys() {
    return Stream.of(RuleThreshold.values())
        .map(RuleThreshold::key)
        .collect(Collectors.joining(", "));
  }

  /** Each threshold with its source. */
  List<EffectiveSetting> explain() {
    return Arrays.stream(RuleThreshold.values())
        .map(threshold -> {
          String path = TABLE + threshold.key();
          ConfigValue usual = new ConfigValue(Integer.toString(threshold.usual()), "default");
          ConfigValue value = values.getOrDefault(path, usual);
          return new EffectiveSetting(path, value.text(), value.place());
        })
        .toList();
  }
}
