package studbook.store.pedigree;

/** What is loaded for some horses; each has all of the one before. */
public enum KinExtent {
  /** Their ancestors as recorded. */
  ANCESTORS,
  /** What tells which of the ancestors' links are in error, so that figures leave them out. */
  FIGURES,
  /** The horses' siblings and offspring. */
  FAMILY
}
