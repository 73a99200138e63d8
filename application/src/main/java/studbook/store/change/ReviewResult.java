package studbook.store.change;

/** What became of a review that a person decided. */
public enum ReviewResult {
  /** Decided as asked; a second decision of the same kind has this result too. */
  DECIDED,
  /** The row has other values than when the review was raised; it is withdrawn. */
  ROW_CHANGED,
  /** It was decided otherwise or withdrawn, or never existed. */
  NOT_WAITING
}
