package studbook.simulator.population;

import studbook.simulator.population.random.Dice;

/** Invented people and places, the same for the same question and key. */
public final class People {

  private final Dice dice;

  public People(Dice dice) {
    this.dice = dice;
  }

  /** An initial and a surname. */
  public String name(String question, long key) {
    return (char) ('A' + dice.below(26, question + "'s initial", key))
        + " "
        + dice.pick(Words.SURNAMES, question, key);
  }

  public String place(String question, long key) {
    return dice.pick(Words.PLACES, question, key);
  }
}
