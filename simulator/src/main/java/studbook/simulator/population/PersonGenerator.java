package studbook.simulator.population;

import studbook.simulator.population.random.SeededRandom;

/** Invented people and places; the same question and key give the same result. */
public final class PersonGenerator {

  private final SeededRandom dice;

  public PersonGenerator(SeededRandom dice) {
    this.dice = dice;
  }

  /** An initial and a surname. */
  public String name(String question, long key) {
    return (char) ('A' + dice.below(26, question + "'s initial", key))
        + " "
        + dice.pick(WordLists.SURNAMES, question, key);
  }

  public String place(String question, long key) {
    return dice.pick(WordLists.PLACES, question, key);
  }
}
