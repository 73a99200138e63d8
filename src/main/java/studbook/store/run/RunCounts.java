package studbook.store.run;

/**
 * How many horses of a run are in which state. The sum of the states is the run's total,
 * everywhere.
 *
 * @param withPedigree horses whose answer had a parent, among those enriched, without dob, or basic
 * @param requests sent for the horses that are settled
 */
public record RunCounts(
    long total,
    long enriched,
    long noDob,
    long basic,
    long notFound,
    long failed,
    long alreadyFilled,
    long gone,
    long withPedigree,
    long requests) {

  public static final RunCounts NOTHING = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Horses that have an outcome. */
  public long processed() {
    return enriched + noDob + basic + notFound + failed + alreadyFilled + gone;
  }

  public long pending() {
    return total - processed();
  }

  /** Answered horses whose answer named no parent. */
  public long withoutPedigree() {
    return enriched + noDob + basic - withPedigree;
  }

  /** Processed horses of the total, 0 to 100; 100 where there is nothing to do. */
  public double percent() {
    return total == 0 ? 100 : 100.0 * processed() / total;
  }
}
