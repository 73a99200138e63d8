package studbook.faults;

/**
 * What a fault leaves open of the laws.
 *
 * @param limit arrivals in any sliding second at most
 * @param askedAgain requests at most for horses that were asked for before
 * @param failures horses that may have used up their attempts
 */
record Terms(int limit, int askedAgain, int failures) {

  /** Horses that the API knew are asked again where others are not found: it may have moved. */
  private static final int REFERENCES = 4;

  /** No limit; nothing asked twice but the few that prove that the API knows them; none failed. */
  static final Terms STRICT = new Terms(Integer.MAX_VALUE, REFERENCES, 0);

  /**
   * Threads of busy cores wake up later than the budget's margin allows for: one arrival in a
   * second may be out of its place. The limit itself is measured by bench/, on a quiet machine.
   */
  private static final int OUT_OF_PLACE = 1;

  Terms limit(int perSecond) {
    return new Terms(perSecond + OUT_OF_PLACE, askedAgain, failures);
  }

  /** So many requests may be repeated beyond those of {@link #STRICT}. */
  Terms askedAgain(long most) {
    return new Terms(limit, Math.toIntExact(REFERENCES + most), failures);
  }

  Terms failures(int most) {
    return new Terms(limit, askedAgain, most);
  }
}
