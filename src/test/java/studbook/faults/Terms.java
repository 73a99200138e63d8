package studbook.faults;

/**
 * What a fault leaves open of the laws.
 *
 * @param limit arrivals in any sliding second at most
 * @param askedAgain requests at most for horses that were asked for before
 * @param failures horses that may have used up their attempts
 */
record Terms(int limit, int askedAgain, int failures) {

  /** No limit; nothing asked twice, no horse failed. */
  static final Terms STRICT = new Terms(Integer.MAX_VALUE, 0, 0);

  Terms limit(int perSecond) {
    return new Terms(perSecond, askedAgain, failures);
  }

  Terms askedAgain(long most) {
    return new Terms(limit, Math.toIntExact(most), failures);
  }

  Terms failures(int most) {
    return new Terms(limit, askedAgain, most);
  }
}
