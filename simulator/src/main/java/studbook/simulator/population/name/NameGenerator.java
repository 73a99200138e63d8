package studbook.simulator.population.name;

import org.jspecify.annotations.Nullable;
import studbook.simulator.population.random.SeededRandom;
import studbook.simulator.population.random.Shuffle;
import studbook.simulator.population.random.WeightedChoice;

/** Invented names of horses and breeders, and countries of foaling. */
public final class NameGenerator {

  private static final WeightedChoice REGIONS =
      new WeightedChoice(
          "IRE 46, GB 24, FR 15, AUS 5.5, NZ 3, USA 3, GER 1.2, JPN 1, ITY 0.3, CAN 0.3, SAF 0.2,"
              + " BRZ 0.2, ARG 0.2, UAE 0.1");
  private static final WeightedChoice BREEDERS =
      new WeightedChoice(
          "person 39, partners 15, stud 15, company 15, haras 10, gestüt 5, couple 10, unknown"
              + " 0.5");
  private static final int COMBINATIONS =
      WordLists.FRONT.length * WordLists.BACK.length * WordLists.TAIL.length;

  private final SeededRandom random;
  private final PersonGenerator persons;
  private final Shuffle shuffle;

  public NameGenerator(SeededRandom random) {
    this.random = random;
    this.persons = new PersonGenerator(random);
    this.shuffle = new Shuffle(COMBINATIONS, random, "names", 0);
  }

  /** A bare name. After all combinations are used, names repeat with a II. */
  public String name(int index) {
    int code = shuffle.place(index % COMBINATIONS);
    int round = index / COMBINATIONS;
    String tail = WordLists.TAIL[code % WordLists.TAIL.length];
    int words = code / WordLists.TAIL.length;
    return WordLists.FRONT[words / WordLists.BACK.length]
        + " "
        + WordLists.BACK[words % WordLists.BACK.length]
        + tail
        + (round == 0 ? "" : " " + roman(round + 1));
  }

  /** The country of foaling, as in a suffix. */
  public String region(int index) {
    return REGIONS.at(random.share("region", index));
  }

  /** The breeder; {@code null} where none is known. */
  public @Nullable String breeder(int index) {
    return switch (BREEDERS.at(random.share("breeder kind", index))) {
      case "person" -> persons.name("breeder", index);
      case "couple" -> "Mr & Mrs " + persons.name("breeder", index);
      case "partners" ->
          persons.name("breeder", index) + " & " + persons.name("other breeder", index);
      case "stud" -> persons.place("stud", index) + " Stud";
      case "company" -> persons.place("stud", index) + " Bloodstock Ltd";
      case "haras" -> "Haras De " + persons.place("stud", index);
      case "gestüt" -> "Gestüt " + persons.place("stud", index);
      default -> null;
    };
  }

  private static String roman(int number) {
    String[] tens = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"};
    String[] units = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    return "C".repeat(number / 100) + tens[number / 10 % 10] + units[number % 10];
  }
}
