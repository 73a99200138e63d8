package studbook.quality;

/** Groups checks by their threshold. */
public enum CheckKind {
  /** A field that nearly every response has. The figure is the share of rows without it. */
  MISSING(ThresholdRange.atMost(5, 10)),
  /** A field that some horses really lack. The figure is the share of rows with it. */
  KNOWN(ThresholdRange.atLeast(90, 70)),
  /** A value that cannot be true, and that Studbook never writes. */
  IMPOSSIBLE(ThresholdRange.atMost(0, 0)),
  /** A value that is possible but rarely true. */
  SUSPECT(ThresholdRange.atMost(0, 1));

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final ThresholdRange threshold;

  CheckKind(ThresholdRange threshold) {
    this.threshold = threshold;
  }

  ThresholdRange threshold() {
    return threshold;
  }
}
