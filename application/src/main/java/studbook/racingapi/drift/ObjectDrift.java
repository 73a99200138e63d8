package studbook.racingapi.drift;

import java.util.Set;
import tools.jackson.core.JsonParser;

/**
 * The differences in the objects of one kind.
 *
 * @param path before the names of their fields: {@code racecards.runners.}, or empty
 * @param known fields that are skipped
 */
public record ObjectDrift(DriftTally tally, String path, Set<String> known) {

  /** Counts a skipped field unless it is known; the parser is at its value and stays there. */
  public void skipped(String name, JsonParser json) {
    if (!known.contains(name)) {
      tally.unknown(path + name, json);
    }
  }
}
