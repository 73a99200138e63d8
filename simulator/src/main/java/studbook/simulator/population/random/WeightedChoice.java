package studbook.simulator.population.random;

import java.util.Arrays;

/** Choices of unequal weight, written {@code "IRE 46, GB 23, FR 16"}. */
public final class WeightedChoice {

  private final String[] choices;
  private final double[] upTo;

  public WeightedChoice(String text) {
    String[] entries = text.split(",", -1);
    choices = new String[entries.length];
    upTo = new double[entries.length];
    double sum = 0;
    for (int i = 0; i < entries.length; i++) {
      String[] parts = entries[i].strip().split(" ", 2);
      choices[i] = parts[0];
      sum += Double.parseDouble(parts[1]);
      upTo[i] = sum;
    }
  }

  /** The choice that a share from 0 to 1 falls on. */
  public String at(double share) {
    int found = Arrays.binarySearch(upTo, share * upTo[upTo.length - 1]);
    return choices[Math.min(choices.length - 1, found < 0 ? -found - 1 : found + 1)];
  }
}
