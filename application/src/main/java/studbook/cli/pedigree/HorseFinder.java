package studbook.cli.pedigree;

import static java.util.Comparator.comparingDouble;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;
import studbook.pedigree.AnimalTable;

/**
 * Finds the animal that a user means: by its id, by its number with any prefix, or by its name if
 * no other animal has it. Names are compared without suffix, case, accents and punctuation.
 */
public final class HorseFinder {

  private static final Pattern NUMBER = Pattern.compile("(?:(?:hrs|sir|dam|dsi)_)?([0-9]{1,18})");
  private static final Pattern SUFFIX = Pattern.compile("\\s*\\([A-Za-z]{2,3}\\)\\s*$");
  private static final int LONGEST = 60;
  private static final int NEAREST = 3;
  private static final int MOST_NAMESAKES = 5;

  private final AnimalTable animals;

  public HorseFinder(AnimalTable animals) {
    this.animals = animals;
  }

  /**
   * The index of the animal.
   *
   * @throws UsageException if there is none, with the nearest names, or if the name is that of
   *     several
   */
  public int find(String text) {
    OptionalInt byId = byId(text);
    if (byId.isPresent()) {
      return byId.getAsInt();
    }
    String wanted = key(text);
    List<Integer> namesakes =
        wanted.isEmpty()
            ? List.of()
            : all().filter(a -> key(name(a)).equals(wanted)).boxed().toList();
    if (namesakes.size() == 1) {
      return namesakes.getFirst();
    }
    throw new UsageException(
        namesakes.isEmpty()
            ? "no horse %s%s".formatted(SafeText.excerpt(text, LONGEST), nearest(wanted))
            : "%d horses are named %s; use an ID: %s"
                .formatted(
                    namesakes.size(), SafeText.excerpt(text, LONGEST), described(namesakes)));
  }

  private OptionalInt byId(String text) {
    OptionalInt exact = animals.indexOf(text);
    Matcher number = NUMBER.matcher(text);
    return exact.isPresent() || !number.matches()
        ? exact
        : animals.indexOf("hrs_" + number.group(1));
  }

  private IntStream all() {
    return IntStream.range(0, animals.size());
  }

  private String name(int animal) {
    return animals.name(animal).orElseGet(() -> animals.id(animal));
  }

  private static String key(String name) {
    return Normalizer.normalize(SUFFIX.matcher(name).replaceFirst(""), Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private String nearest(String wanted) {
    Set<String> trigrams = trigrams(wanted);
    record NameRank(int animal, double share) {}
    List<Integer> nearest =
        all()
            .mapToObj(
                animal -> new NameRank(animal, likeness(trigrams, trigrams(key(name(animal))))))
            .filter(likeness -> likeness.share() > 0)
            .sorted(comparingDouble(NameRank::share).reversed())
            .limit(NEAREST)
            .map(NameRank::animal)
            .toList();
    return nearest.isEmpty() ? "" : "; the nearest names: " + described(nearest);
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

  /** The shared trigrams of all. */
  private static double likeness(Set<String> some, Set<String> others) {
    long shared = some.stream().filter(others::contains).count();
    return (double) shared / (some.size() + others.size() - shared);
  }

  private String described(List<Integer> some) {
    return some.stream()
            .limit(MOST_NAMESAKES)
            .map(this::described)
            .collect(Collectors.joining(", "))
        + (some.size() > MOST_NAMESAKES ? ", …" : "");
  }

  private String described(int animal) {
    String id = SafeText.excerpt(animals.id(animal), LONGEST);
    String year = animals.born(animal).map(born -> ", " + born.year()).orElse("");
    return animals
        .name(animal)
        .map(name -> "%s (%s%s)".formatted(SafeText.excerpt(name, LONGEST), id, year))
        .orElse(id);
  }
}
