package studbook.store.run;

import studbook.model.HorseStatus;

/**
 * The horses of a run by status. The sum over all statuses is the total.
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
    long missing,
    long withPedigree,
    long requests) {

  public static final RunCounts NOTHING = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Horses of one status. */
  public long of(HorseStatus status) {
    return switch (status) {
      case PENDING -> pending();
      case ENRICHED -> enriched;
      case NO_DOB -> noDob;
      case BASIC -> basic;
      case NOT_FOUND -> notFound;
      case FAILED -> failed;
      case ALREADY_FILLED -> alreadyFilled;
      case MISSING -> missing;
    };
  }

  /** These counts with another completed horse. */
  public RunCounts plus(HorseStatus status, boolean hasPedigree, int requestCount) {
    return new RunCounts(
        total,
        enriched + one(status == HorseStatus.ENRICHED),
        noDob + one(status == HorseStatus.NO_DOB),
        basic + one(status == HorseStatus.BASIC),
        notFound + one(status == HorseStatus.NOT_FOUND),
        failed + one(status == HorseStatus.FAILED),
        alreadyFilled + one(status == HorseStatus.ALREADY_FILLED),
        missing + one(status == HorseStatus.MISSING),
        withPedigree + one(hasPedigree),
        requests + requestCount);
  }

  /** These counts with requests that belong to no single horse. */
  public RunCounts plusRequests(int requestCount) {
    return plus(HorseStatus.PENDING, false, requestCount);
  }

  private static int one(boolean yes) {
    return yes ? 1 : 0;
  }

  /** Horses that have an outcome. */
  public long processed() {
    return enriched + noDob + basic + notFound + failed + alreadyFilled + missing;
  }

  public long pending() {
    return total - processed();
  }

  /** Horses whose response had no parent. */
  public long withoutPedigree() {
    return enriched + noDob + basic - withPedigree;
  }

  /** Completed horses of the total, 0 to 100; 100 for a run without horses. */
  public double percent() {
    return total == 0 ? 100 : 100.0 * processed() / total;
  }
}
