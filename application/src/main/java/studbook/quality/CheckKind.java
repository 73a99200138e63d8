package studbook.quality;

/** Which thresholds a check has. */
public enum CheckKind {
  /** A field that nearly every answer fills. The figure is the share of rows without it. */
  MISSING,
  /** A field that some horses lack in truth. The figure is the share of rows with it. */
  KNOWN,
  /** A value that cannot be true, and that Studbook never writes. */
  IMPOSSIBLE,
  /** Something that may be true, and seldom is. */
  DOUBTFUL;

  /** Where nothing else is set. */
  public ThresholdRange usual() {
    return switch (this) {
      case MISSING -> ThresholdRange.atMost(5, 10);
      case KNOWN -> ThresholdRange.atLeast(90, 70);
      case IMPOSSIBLE -> ThresholdRange.atMost(0, 0);
      case DOUBTFUL -> ThresholdRange.atMost(0, 1);
    };
  }
}
