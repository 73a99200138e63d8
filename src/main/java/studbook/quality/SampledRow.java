package studbook.quality;

import java.time.Clock;
import java.util.Optional;
import studbook.model.HorseStatus;
import studbook.store.statistics.RowSampler;
import studbook.text.HumanFormat;

/**
 * A row that was drawn, beside what the ledger keeps of it. Names are from outside.
 *
 * @param run that wrote it last
 * @param difference in words; empty where the row is as the ledger recorded it
 */
public record SampledRow(
    String horse, long run, RowSampler.RowValues values, Optional<String> difference) {

  static SampledRow of(RowSampler.WrittenRow row, Clock clock) {
    return new SampledRow(row.horse(), row.run(), row.values(), difference(row, clock));
  }

  /** A fingerprint tells that something differs; what it is, the row itself must tell. */
  private static Optional<String> difference(RowSampler.WrittenRow row, Clock clock) {
    if (row.equal()) {
      return Optional.empty();
    }
    if (!row.standing()) {
      return Optional.of("horse deleted");
    }
    if (row.pedigreeGone()) {
      return Optional.of("pedigree deleted");
    }
    if (row.values().dob().isEmpty() && row.state() == HorseStatus.ENRICHED) {
      return Optional.of("dob erased");
    }
    if (row.values().dob().isPresent() && row.state() != HorseStatus.ENRICHED) {
      return Optional.of("dob added");
    }
    return Optional.of(
        row.touched()
            .map(moment -> "changed " + HumanFormat.day(moment, clock))
            .orElse("changed since"));
  }
}
