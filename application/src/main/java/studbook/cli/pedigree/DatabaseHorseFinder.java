package studbook.cli.pedigree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.cli.support.UsageException;
import studbook.store.database.Database;
import studbook.store.search.FoundHorse;
import studbook.store.search.HorseNameQueries;
import studbook.store.search.HorseSearchResult;
import studbook.store.search.HorseSearchResult.TypoSearch;

/**
 * Finds the horse of the database that a user means, as {@link HorseFinder} finds it in a file, but
 * without reading all of them.
 */
final class DatabaseHorseFinder {

  /** Only a name with other accents or punctuation is looked for among all names. */
  private static final Duration LONGEST_SEARCH = Duration.ofMinutes(5);

  private static final int NEAREST = 3;

  private final HorseNameQueries names;

  DatabaseHorseFinder(Database database) {
    names = new HorseNameQueries(database.readOnly(LONGEST_SEARCH));
  }

  /**
   * The id of the horse. The horse of a number need not have a record: others may name it.
   *
   * @throws UsageException if there is none, or if the name is that of several
   */
  String find(String text) {
    Optional<String> numbered = HorseFinder.numberedId(text);
    List<String> possible = new ArrayList<>(List.of(text));
    numbered.ifPresent(possible::add);
    return names.firstRecorded(possible).or(() -> numbered).orElseGet(() -> named(text));
  }

  private String named(String text) {
    String wanted = HorseFinder.key(text);
    List<FoundHorse> namesakes =
        wanted.isEmpty()
            ? List.of()
            : names.named(HorseFinder.withoutSuffix(text)).stream()
                .filter(horse -> wanted.equals(HorseFinder.key(String.valueOf(horse.name()))))
                .toList();
    if (namesakes.isEmpty()) {
      throw unknown(text);
    }
    if (namesakes.size() > 1) {
      throw HorseCandidate.ambiguous(text, candidates(namesakes));
    }
    return namesakes.getFirst().id();
  }

  /** That no horse has the id or name, with the nearest names. */
  UsageException unknown(String text) {
    if (text.isBlank()) {
      return HorseCandidate.unknown(text, List.of(), "");
    }
    HorseSearchResult nearest = names.nearest(text, NEAREST);
    return HorseCandidate.unknown(
        text,
        candidates(nearest.horses()),
        nearest.typos() == TypoSearch.NOT_INSTALLED
            ? "; `studbook init --search-index` creates the index that finds names with a typing error"
            : "");
  }

  private static List<HorseCandidate> candidates(List<FoundHorse> horses) {
    return horses.stream()
        .map(horse ->
            new HorseCandidate(
                horse.id(),
                Optional.ofNullable(horse.name()),
                Optional.ofNullable(horse.birthYear())))
        .toList();
  }
}
