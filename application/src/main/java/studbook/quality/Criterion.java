package studbook.quality;

import java.util.List;
import java.util.Optional;

/**
 * A condition of a run's success.
 *
 * @param key its name, for people and in JSON
 * @param formula how the figure is computed, in words
 * @param counted what the formula was computed of: {@code 107,068 / 111,430}
 * @param figure the value; empty where there is nothing to compute it of
 * @param limit that it is held against: {@code ≥ 95%}
 * @param notes what exactly is not good, a sentence each
 */
public record Criterion(
    String key,
    String formula,
    String counted,
    Optional<CriterionFigure> figure,
    String limit,
    CheckStatus result,
    List<String> notes) {

  public Criterion {
    notes = List.copyOf(notes);
  }

  /**
   * A value as it is computed and as people read it.
   *
   * @param text {@code 96.08%}; cut and not rounded, so that it never passes a limit by its looks
   */
  public record CriterionFigure(double value, String text) {}
}
