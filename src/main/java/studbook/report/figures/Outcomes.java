package studbook.report.figures;

import java.util.List;
import studbook.model.LedgerState;
import studbook.store.run.Tally;

/** A run's horses by what became of them. */
public final class Outcomes {

  /** So many horses came to this. */
  public record Outcome(LedgerState state, long horses) {}

  /** What is left to do comes last. */
  private static final List<LedgerState> ORDER =
      List.of(
          LedgerState.ENRICHED,
          LedgerState.NO_DOB,
          LedgerState.BASIC,
          LedgerState.NOT_FOUND,
          LedgerState.FAILED,
          LedgerState.ALREADY_FILLED,
          LedgerState.GONE,
          LedgerState.PENDING);

  private Outcomes() {}

  /** Those that a horse came to; enriched and failed always, since everybody looks for them. */
  public static List<Outcome> of(Tally tally) {
    return ORDER.stream()
        .map(state -> new Outcome(state, horses(tally, state)))
        .filter(outcome ->
            outcome.horses() > 0
                || outcome.state() == LedgerState.ENRICHED
                || outcome.state() == LedgerState.FAILED)
        .toList();
  }

  private static long horses(Tally tally, LedgerState state) {
    return switch (state) {
      case PENDING -> tally.pending();
      case ENRICHED -> tally.enriched();
      case NO_DOB -> tally.noDob();
      case BASIC -> tally.basic();
      case NOT_FOUND -> tally.notFound();
      case FAILED -> tally.failed();
      case ALREADY_FILLED -> tally.alreadyFilled();
      case GONE -> tally.gone();
    };
  }
}
