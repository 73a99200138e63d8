package studbook.simulator.racecards;

import studbook.simulator.population.random.SeededRandom;

/** Invented sentences about horses, for realistic size only. */
final class TextGenerator {

  private static final String[] OPENINGS = {
    "Never dangerous in a fair maiden when last seen",
    "Kept on well from off the pace over course and distance",
    "Travelled strongly for a long way before tiring late on",
    "Much improved since a change of yard in the spring",
    "Slowly away and never a factor on the latest start",
    "Winner of a small race on soft ground two runs back",
    "Well held in two tries over further",
    "Ran better than the bare result behind a useful type",
  };
  private static final String[] HOPES = {
    "may improve for the return to a sounder surface",
    "respected from a workable mark in this company",
    "others look more persuasive on recent evidence",
    "should be thereabouts with a clearer passage",
    "the market is likely to prove the best guide",
    "not ruled out now that the headgear is back on",
    "has plenty to find on these terms",
    "could go well if settling better early on",
  };

  private final SeededRandom random;

  TextGenerator(SeededRandom random) {
    this.random = random;
  }

  String sentence(String question, long key) {
    return random.pick(OPENINGS, question, key) + "; " + random.pick(HOPES, question + "?", key);
  }

  String paragraph(String question, long key) {
    return sentence(question, key) + ". " + sentence(question + " too", key) + ".";
  }
}
