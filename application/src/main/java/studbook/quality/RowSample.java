package studbook.quality;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import studbook.store.statistics.RowSampler;

/**
 * Ten random rows of those that a run wrote. The same seed gives the same rows as long as the work
 * items do not change.
 */
public record RowSample(long seed, List<SampledRow> rows) {

  private static final int SIZE = 10;

  /** Some rows may be of a run without fingerprints. */
  private static final int DRAWN = 4 * SIZE;

  public RowSample {
    rows = List.copyOf(rows);
  }

  static RowSample draw(RowSampler sampler, long seed, Clock clock) {
    long size = sampler.size();
    Random random = new Random(seed);
    List<Long> ranks =
        size == 0
            ? List.of()
            : random.longs(0, size).distinct().limit(Math.min(size, DRAWN)).boxed().toList();
    return new RowSample(
        seed,
        sampler.rows(ranks).stream().limit(SIZE).map(row -> SampledRow.of(row, clock)).toList());
  }

  public CheckStatus result() {
    if (rows.isEmpty()) {
      return CheckStatus.NOT_APPLICABLE;
    }
    return rows.stream().allMatch(row -> row.difference().isEmpty())
        ? CheckStatus.PASS
        : CheckStatus.FAIL;
  }
}
