package studbook.simulator.population.name;

import studbook.simulator.population.random.SeededRandom;

/** Invented people and places; the same question and key give the same result. */
public final class PersonGenerator {

  private final SeededRandom random;

  public PersonGenerator(SeededRandom random) {
    this.random = random;
  }

  /** An initial and a surname. */
  public String name(String question, long key) {
    return (char) ('A' + random.below(26, question + "'s initial", key))
        + " "
        + random.pick(WordLists.SURNAMES, question, key);
  }

  public String place(String question, long key) {
    return random.pick(WordLists.PLACES, question, key);
  }
}
