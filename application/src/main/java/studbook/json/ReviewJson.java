package studbook.json;

import java.time.Instant;
import java.util.Optional;
import studbook.store.change.WaitingReview;

/** A suspicious change that waits for a person. */
public record ReviewJson(
    long reviewId,
    String horseId,
    Optional<String> name,
    String field,
    Optional<String> oldValue,
    Optional<String> oldCode,
    Optional<String> newValue,
    Optional<String> newCode,
    String source,
    Optional<Long> runId,
    Instant raisedAt) {

  public static ReviewJson of(WaitingReview review) {
    return new ReviewJson(
        review.id(),
        review.horse(),
        review.name(),
        review.field(),
        review.oldValue().value(),
        review.oldValue().code(),
        review.newValue().value(),
        review.newValue().code(),
        review.source(),
        review.run(),
        review.raisedAt());
  }
}
