package studbook.pedigree;

/** What is recorded of an animal's sex. */
public enum Sex {
  /** Male, gelded or not known to be. */
  MALE,
  FEMALE,
  /** A male that was gelded, possibly after it had offspring. */
  GELDING,
  UNKNOWN
}
