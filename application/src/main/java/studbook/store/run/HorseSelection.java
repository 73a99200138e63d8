package studbook.store.run;

import java.util.List;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.store.table.RefreshIntervals;

/**
 * The horses of a run, among those that need enrichment.
 *
 * @param incomplete horses that lack any field of the API, not only those without a date of birth;
 *     the run fills blanks and overwrites nothing
 * @param skip number of horses to skip, in the order of their ids
 * @param max maximum number of horses, in the order of their ids
 * @param ids only these, if given
 * @param failed only those that failed there, if given
 * @param includeSettled also those that a run of the last 90 days completed without a date of
 *     birth, or confirmed unchanged; for a retry those that its runs completed without a date of
 *     birth
 * @param refresh of a refresh: horses that are due by these intervals, the longest unconfirmed
 *     first; a retry of a refresh ignores the intervals
 * @param ancestors of a run over ancestors: sires and dams that the user's tables lack; a retry
 *     ignores their generation
 */
public record HorseSelection(
    boolean incomplete,
    long skip,
    Optional<Long> max,
    Optional<List<String>> ids,
    Optional<FailedHorses> failed,
    boolean includeSettled,
    Optional<RefreshIntervals> refresh,
    Optional<AncestorSelection> ancestors) {

  /**
   * Horses that failed in a run or in those that it retried, and were not completed in a later one
   * of them.
   *
   * @param kind only those that failed so, if given
   * @param horses only these, if given
   */
  public record FailedHorses(long run, Optional<ErrorKind> kind, Optional<List<String>> horses) {

    public FailedHorses {
      horses = horses.map(List::copyOf);
    }

    /** All of them, or all of a kind. */
    public FailedHorses(long run, Optional<ErrorKind> kind) {
      this(run, kind, Optional.empty());
    }
  }

  /** The horses of a backfill. */
  public HorseSelection(
      boolean incomplete,
      long skip,
      Optional<Long> max,
      Optional<List<String>> ids,
      Optional<FailedHorses> failed,
      boolean includeSettled) {
    this(incomplete, skip, max, ids, failed, includeSettled, Optional.empty(), Optional.empty());
  }

  /**
   * The horses of a refresh.
   *
   * @param max maximum number of horses
   * @param ids only these, if given
   */
  public static HorseSelection due(
      RefreshIntervals intervals, Optional<Long> max, Optional<List<String>> ids) {
    return new HorseSelection(
        false, 0, max, ids, Optional.empty(), false, Optional.of(intervals), Optional.empty());
  }

  /**
   * The ancestors of one generation.
   *
   * @param max maximum number of horses
   */
  public static HorseSelection ancestors(AncestorSelection ancestors, Optional<Long> max) {
    return new HorseSelection(
        false,
        0,
        max,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.of(ancestors));
  }

  /** Every horse that needs enrichment. */
  public static final HorseSelection ALL =
      new HorseSelection(false, 0, Optional.empty(), Optional.empty(), Optional.empty(), false);

  /**
   * The horses that a retry of a run requests.
   *
   * @param kind as of that run
   * @param incomplete as of that run
   * @param ancestors as of that run
   */
  public static HorseSelection failed(
      RunKind kind,
      boolean incomplete,
      Optional<AncestorSelection> ancestors,
      FailedHorses failed,
      boolean includeSettled) {
    return new HorseSelection(
        incomplete,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.of(failed),
        includeSettled,
        kind == RunKind.REFRESH ? Optional.of(RefreshIntervals.USUAL) : Optional.empty(),
        ancestors);
  }

  /** The kind of its run. */
  public RunKind kind() {
    if (ancestors.isPresent()) {
      return RunKind.ANCESTORS;
    }
    return refresh.isPresent() ? RunKind.REFRESH : RunKind.BACKFILL;
  }

  public HorseSelection {
    ids = ids.map(List::copyOf);
    if (skip < 0 || max.orElse(1L) < 1) {
      throw new IllegalArgumentException("skip " + skip + " and max " + max + " select nothing");
    }
  }
}
