package studbook.pedigree.kinship;

import java.util.Arrays;

/** A set of numbers of the core, passed through in both directions while it grows. */
final class NumberSet {

  private final long[] words;
  private int last = -1;

  NumberSet(int size) {
    words = new long[(size + Long.SIZE - 1) / Long.SIZE];
  }

  void add(int number) {
    int word = number >>> 6;
    words[word] |= 1L << number;
    last = Math.max(last, word);
  }

  /** Adds a number that is less than one of the set; such as a parent. */
  void addBelow(int number) {
    words[number >>> 6] |= 1L << number;
  }

  boolean contains(int number) {
    return (words[number >>> 6] & 1L << number) != 0;
  }

  /** The number of the highest word that is not empty; -1: the set is empty. */
  int lastWord() {
    return last;
  }

  /** 64 members, from the number {@code 64 * index} on, as bits. */
  long word(int index) {
    return words[index];
  }

  void clear() {
    Arrays.fill(words, 0, last + 1, 0);
    last = -1;
  }
}
