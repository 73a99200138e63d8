package studbook.cli.pedigree;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Keeps those names of many that are most like a text, by the trigrams that both have of all that
 * either has. Takes names as {@link HorseFinder#key} compares them; of equally like ones the first
 * by the alphabet is better. Not thread-safe.
 *
 * @param <T> whom a name belongs to
 */
final class NearestNames<T> {

  private record RankedName<T>(T owner, String key, double likeness) {}

  private final int most;
  private final Set<String> wanted;
  private final Comparator<RankedName<T>> bestFirst =
      Comparator.<RankedName<T>>comparingDouble(RankedName::likeness)
          .reversed()
          .thenComparing(RankedName::key);
  private final PriorityQueue<RankedName<T>> worstFirst = new PriorityQueue<>(bestFirst.reversed());

  /**
   * @param wanted the text as names are compared
   * @param most names that are kept
   */
  NearestNames(String wanted, int most) {
    this.most = most;
    this.wanted = trigrams(wanted);
  }

  /** Keeps a name if it is among the nearest so far; one that has nothing in common never is. */
  void offer(T owner, String key) {
    double likeness = likeness(trigrams(key));
    if (likeness > 0) {
      worstFirst.add(new RankedName<>(owner, key, likeness));
      if (worstFirst.size() > most) {
        worstFirst.remove();
      }
    }
  }

  /** Whose names are the nearest of all that were offered, the nearest first. */
  List<T> nearest() {
    return worstFirst.stream().sorted(bestFirst).map(RankedName::owner).toList();
  }

  private double likeness(Set<String> trigrams) {
    int shared = 0;
    for (String trigram : trigrams) {
      shared += wanted.contains(trigram) ? 1 : 0;
    }
    return (double) shared / (wanted.size() + trigrams.size() - shared);
  }

  /** Of a name between blanks, so that its beginning counts more than its middle. */
  private static Set<String> trigrams(String key) {
    String text = "  " + key + " ";
    Set<String> trigrams = new HashSet<>();
    for (int i = 0; i + 3 <= text.length(); i++) {
      trigrams.add(text.substring(i, i + 3));
    }
    return trigrams;
  }
}
