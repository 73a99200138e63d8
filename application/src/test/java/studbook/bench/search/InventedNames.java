package studbook.bench.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import studbook.simulator.population.NamedHorse;

/**
 * Names as horses have them: one to three words with 4 to 18 letters and spaces, most with the
 * suffix of a country. The words are invented from syllables; a hundred of the forty thousand make
 * up a tenth of all. The same number always has the same name. Safe for many threads.
 */
final class InventedNames {

  /** The first of these ids. */
  private static final int LOWEST_NUMBER = 1_000_000;

  private static final int WORDS = 40_000;

  /** How much more frequent the first words are. */
  private static final double SKEW = 2.5;

  private static final int SHORTEST = 4;
  private static final int LONGEST = 18;

  private static final List<String> ONSETS =
      words("b bl br c ch cl d dr f fl g gl gr h j k l m n p pr r s sh st t th tr v w y");
  private static final List<String> VOWELS = words("a a e e i i o o u ai ea ee ie oo ou");
  private static final List<String> CODAS = words("n r l s t m d ck nd ng st rt x th");
  private static final List<String> COUNTRIES =
      words("IRE IRE IRE IRE GB GB GB FR FR FR USA USA AUS NZ GER JPN - - - -");

  private final long seed;
  private final List<String> words;

  InventedNames(long seed) {
    this.seed = seed;
    this.words = vocabulary(new SplittableRandom(seed));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /** Short words come first, so they are more frequent. */
  private static List<String> vocabulary(SplittableRandom random) {
    Set<String> vocabulary = new LinkedHashSet<>();
    while (vocabulary.size() < WORDS) {
      int syllables = 1 + random.nextInt(1 + vocabulary.size() * 3 / WORDS + 1);
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < syllables; i++) {
        word.append(any(ONSETS, random)).append(any(VOWELS, random));
      }
      if (random.nextInt(3) > 0) {
        word.append(any(CODAS, random));
      }
      vocabulary.add(word.toString());
    }
    return new ArrayList<>(vocabulary);
  }

  private static String any(List<String> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  /** The name without a country. */
  String bare(int number) {
    SplittableRandom random = new SplittableRandom(seed + number);
    while (true) {
      String name =
          switch (random.nextInt(5)) {
            case 0 -> capital(word(random) + word(random));
            case 1 ->
                capital(word(random)) + " " + capital(word(random)) + " " + capital(word(random));
            default -> capital(word(random)) + " " + capital(word(random));
          };
      if (name.length() >= SHORTEST && name.length() <= LONGEST) {
        return name;
      }
    }
  }

  private String word(SplittableRandom random) {
    return words.get((int) (WORDS * Math.pow(random.nextDouble(), SKEW)));
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  String id(int number) {
    return "hrs_" + (LOWEST_NUMBER + number);
  }

  Stream<NamedHorse> horses(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new NamedHorse(id(number), bare(number) + suffix(number)));
  }

  private String suffix(int number) {
    String country = any(COUNTRIES, new SplittableRandom(~seed - number));
    return country.equals("-") ? "" : " (" + country + ")";
  }
}
