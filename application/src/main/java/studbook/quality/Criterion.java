package studbook.quality;

import java.util.List;
import java.util.Optional;

/**
 * A condition of a run's success.
 *
 * @param key its name, for people and in JSON
 * @param formula how the figure is computed, in words
 * @param counted the counts of the formula: {@code 107,068 / 111,430}
 * @param figure the value; empty if it cannot be computed
 * @param limit that applies: {@code ≥ 95%}
 * @param notes problems, a sentence each
 */
public record Criterion(
    String key,
    String formula,
    String counted,
    Optional<CriterionFigure> figure,
    String limit,
    CheckStatus status,
    List<String> notes) {

  public Criterion {
    notes = List.copyOf(notes);
  }

  /**
   * A value as a number and as text.
   *
   * @param text {@code 96.08%}; cut, not rounded, so that it never seems to meet a limit that it
   *     misses
   */
  public record CriterionFigure(double value, String text) {}
}
