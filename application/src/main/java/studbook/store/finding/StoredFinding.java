package studbook.store.finding;

import java.time.Instant;
import java.util.List;
import studbook.pedigree.check.FindingSeverity;

/**
 * A finding as it is stored. The detail has names from outside.
 *
 * @param horses the first is the one that the finding is about
 * @param openedAt when a check found it first, since it was last closed
 */
public record StoredFinding(
    long id,
    String rule,
    FindingSeverity severity,
    FindingState state,
    List<String> horses,
    String detail,
    Instant openedAt) {

  /** What is known of a finding. */
  public enum FindingState {
    /** Found by the last check for the first time, or again. */
    NEW,
    OPEN,
    /** A person has looked at it. */
    ACCEPTED
  }
}
