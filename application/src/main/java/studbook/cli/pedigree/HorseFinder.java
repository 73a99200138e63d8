package studbook.cli.pedigree;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import studbook.cli.support.UsageException;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;

/**
 * Finds the animal of a file that a user means: by its id, by its number with any prefix, or by its
 * name if no other animal has it. Names are compared without suffix, case, accents and punctuation.
 */
public final class HorseFinder {

  private static final Pattern NUMBER = Pattern.compile("(?:(?:hrs|sir|dam|dsi)_)?([0-9]{1,18})");
  private static final Pattern SUFFIX = Pattern.compile("\\s*\\([A-Za-z]{2,3}\\)\\s*$");
  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]");

  /** Names that an answer suggests. */
  static final int NEAREST = 3;

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
    throw namesakes.isEmpty()
        ? HorseCandidate.unknown(text, nearest(wanted))
        : HorseCandidate.ambiguous(text, namesakes.stream().map(this::candidate).toList());
  }

  private OptionalInt byId(String text) {
    OptionalInt exact = animals.indexOf(text);
    return exact.isPresent()
        ? exact
        : numberedId(text).map(animals::indexOf).orElse(OptionalInt.empty());
  }

  /** The id of the horse whose number a text has, with any prefix or none. */
  static Optional<String> numberedId(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.matches() ? Optional.of("hrs_" + number.group(1)) : Optional.empty();
  }

  private IntStream all() {
    return IntStream.range(0, animals.size());
  }

  private String name(int animal) {
    return animals.name(animal).orElseGet(() -> animals.id(animal));
  }

  /** A name as names are compared. */
  static String key(String name) {
    String decomposed = Normalizer.normalize(withoutSuffix(name), Normalizer.Form.NFKD);
    return PUNCTUATION.matcher(decomposed.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  static String withoutSuffix(String name) {
    return SUFFIX.matcher(name).replaceFirst("");
  }

  private List<HorseCandidate> nearest(String wanted) {
    NearestNames<Integer> names = new NearestNames<>(wanted, NEAREST);
    all().forEach(animal -> names.offer(animal, key(name(animal))));
    return names.nearest().stream().map(this::candidate).toList();
  }

  private HorseCandidate candidate(int animal) {
    return new HorseCandidate(
        animals.id(animal), animals.name(animal), animals.born(animal).map(BirthDate::year));
  }
}
