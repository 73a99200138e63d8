package studbook.quality;

import java.time.Clock;
import java.util.Optional;
import studbook.model.HorseStatus;
import studbook.store.statistics.RowSampler.RowValues;
import studbook.store.statistics.RowSampler.WrittenRow;
import studbook.text.HumanFormat;

/**
 * A sampled row and its difference from the recorded one. Names are from outside.
 *
 * @param run that wrote it last
 * @param difference in words; empty if the row is as recorded
 */
public record SampledRow(String horse, long run, RowValues values, Optional<String> difference) {

  static SampledRow of(WrittenRow row, Clock clock) {
    return new SampledRow(row.horse(), row.run(), row.values(), difference(row, clock));
  }

  /** A fingerprint shows that something differs; the row itself must show what. */
  private static Optional<String> difference(WrittenRow row, Clock clock) {
    if (row.equal()) {
      return Optional.empty();
    }
    if (!row.exists()) {
      return Optional.of("horse deleted");
    }
    if (row.pedigreeGone()) {
      return Optional.of("pedigree deleted");
    }
    if (row.values().dob().isEmpty() && row.status() == HorseStatus.ENRICHED) {
      return Optional.of("dob erased");
    }
    if (row.values().dob().isPresent() && row.status() != HorseStatus.ENRICHED) {
      return Optional.of("dob added");
    }
    return Optional.of(
        row.touched()
            .map(moment -> "changed " + HumanFormat.day(moment, clock))
            .orElse("changed since"));
  }
}
