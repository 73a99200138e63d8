package studbook.store.run;

/**
 * The number of a run's horses in each status. Their sum is always the run's total.
 *
 * @param withPedigree horses whose response had a parent, among those enriched, without dob, or
 *     basic
 * @param requests sent for the completed horses
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

  /** Horses with an outcome. */
  public long processed() {
    return enriched + noDob + basic + notFound + failed + alreadyFilled + gone;
  }

  public long pending() {
    return total - processed();
  }

  /** Horses whose response had no parent. */
  public long withoutPedigree() {
    return enriched + noDob + basic - withPedigree;
  }

  /** Completed horses of the total, 0 to 100; 100 if the total is 0. */
  public double percent() {
    return total == 0 ? 100 : 100.0 * processed() / total;
  }
}
