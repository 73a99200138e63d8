package studbook.store.search;

import java.util.List;

/**
 * A page of the horses that a search found.
 *
 * @param horses best first
 * @param hasMore whether another page follows
 * @param typos whether names that only resemble the text were searched for
 */
public record HorseSearchResult(List<FoundHorse> horses, boolean hasMore, TypoSearch typos) {

  /** Whether a search looked for names that only resemble the text. */
  public enum TypoSearch {
    /** It did. */
    DONE,
    /** Enough names begin with the text, or it is too short. */
    NOT_NEEDED,
    /**
     * Names have no index ({@link SearchIndexes}), without which it would read all of them often.
     */
    NOT_INSTALLED,
    /** It took too long. */
    TOO_SLOW
  }

  public HorseSearchResult {
    horses = List.copyOf(horses);
  }
}
