package studbook.report.figures;

import java.util.List;
import studbook.model.HorseStatus;
import studbook.store.run.RunCounts;

/** A run's horses by what became of them. */
public final class OutcomeCounts {

  /** So many horses came to this. */
  public record OutcomeCount(HorseStatus state, long horses) {}

  /** What is left to do comes last. */
  private static final List<HorseStatus> ORDER =
      List.of(
          HorseStatus.ENRICHED,
          HorseStatus.NO_DOB,
          HorseStatus.BASIC,
          HorseStatus.NOT_FOUND,
          HorseStatus.FAILED,
          HorseStatus.ALREADY_FILLED,
          HorseStatus.MISSING,
          HorseStatus.PENDING);

  private OutcomeCounts() {}

  /** Those that a horse came to; enriched and failed always, since everybody looks for them. */
  public static List<OutcomeCount> of(RunCounts tally) {
    return ORDER.stream()
        .map(state -> new OutcomeCount(state, horses(tally, state)))
        .filter(outcome ->
            outcome.horses() > 0
                || outcome.state() == HorseStatus.ENRICHED
                || outcome.state() == HorseStatus.FAILED)
        .toList();
  }

  private static long horses(RunCounts tally, HorseStatus state) {
    return switch (state) {
      case PENDING -> tally.pending();
      case ENRICHED -> tally.enriched();
      case NO_DOB -> tally.noDob();
      case BASIC -> tally.basic();
      case NOT_FOUND -> tally.notFound();
      case FAILED -> tally.failed();
      case ALREADY_FILLED -> tally.alreadyFilled();
      case MISSING -> tally.gone();
    };
  }
}
