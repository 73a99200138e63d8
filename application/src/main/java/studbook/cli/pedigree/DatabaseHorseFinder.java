package studbook.cli.pedigree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.cli.support.UsageException;
import studbook.store.database.Database;
import studbook.store.search.FoundHorse;
import studbook.store.search.HorseNameQueries;

/**
 * Finds the horse of the database that a user means, as {@link HorseFinder} finds it in a file, but
 * without reading all of them.
 */
final class DatabaseHorseFinder {

  /** Only a name that no horse has to the letter is compared with all names. */
  private static final Duration LONGEST_SEARCH = Duration.ofMinutes(5);

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
    if (wanted.isEmpty()) {
      throw unknown(text);
    }
    List<FoundHorse> namesakes =
        names.named(HorseFinder.withoutSuffix(text)).stream()
            .filter(horse -> wanted.equals(HorseFinder.key(String.valueOf(horse.name()))))
            .toList();
    if (namesakes.isEmpty()) {
      ComparedNames compared = compare(wanted);
      if (compared.namesakes().isEmpty()) {
        throw unknown(text, compared);
      }
      namesakes = names.details(compared.namesakes());
    }
    if (namesakes.size() > 1) {
      throw HorseCandidate.ambiguous(text, candidates(namesakes));
    }
    return namesakes.getFirst().id();
  }

  /** That no horse has the id or name, with the nearest names. */
  UsageException unknown(String text) {
    String wanted = HorseFinder.key(text);
    return wanted.isEmpty()
        ? HorseCandidate.unknown(text, List.of())
        : unknown(text, compare(wanted));
  }

  private UsageException unknown(String text, ComparedNames compared) {
    return HorseCandidate.unknown(text, candidates(names.details(compared.nearest())));
  }

  /**
   * What a comparison with all names finds.
   *
   * @param namesakes the ids of those whose names differ in accents or punctuation alone
   * @param nearest the ids of those with the nearest names
   */
  private record ComparedNames(List<String> namesakes, List<String> nearest) {}

  /** Needs no index, and some seconds for a million names. */
  private ComparedNames compare(String wanted) {
    List<String> namesakes = new ArrayList<>();
    NearestNames<String> nearest = new NearestNames<>(wanted, HorseFinder.NEAREST);
    names.forEach((id, name) -> {
      String key = HorseFinder.key(name);
      if (key.equals(wanted)) {
        namesakes.add(id);
      }
      nearest.offer(id, key);
    });
    return new ComparedNames(namesakes.stream().sorted().toList(), nearest.nearest());
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
