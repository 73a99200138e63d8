package studbook.store.pedigree;

/**
 * What is loaded for some horses.
 *
 * @param generations of ancestors that are read
 */
public record KinExtent(KinUse use, int generations) {

  /** What the horses are loaded for; each has all of the one before. */
  enum KinUse {
    CHART,
    FIGURES,
    FAMILY
  }

  static final int ALL_GENERATIONS = Integer.MAX_VALUE;

  /** Their ancestors as recorded. */
  public static final KinExtent ANCESTORS = new KinExtent(KinUse.CHART, ALL_GENERATIONS);

  /** What tells which of the ancestors' links are in error, so that figures leave them out. */
  public static final KinExtent FIGURES = new KinExtent(KinUse.FIGURES, ALL_GENERATIONS);

  /** The horses' siblings and offspring. */
  public static final KinExtent FAMILY = new KinExtent(KinUse.FAMILY, ALL_GENERATIONS);

  /**
   * Their ancestors as recorded, not more of them than a chart shows. A horse that is its own
   * ancestor shows if that happens within these generations.
   */
  public static KinExtent chart(int generations) {
    return new KinExtent(KinUse.CHART, generations);
  }

  boolean hasAllGenerations() {
    return generations == ALL_GENERATIONS;
  }
}
