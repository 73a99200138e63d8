package studbook.json;

import java.util.List;
import java.util.Optional;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.Criterion.CriterionFigure;

/**
 * A success criterion of a run.
 *
 * @param value percent, or a number of horses or interruptions
 * @param threshold that the value is compared with: {@code ≥ 95%}
 * @param fraction what the value was computed from: {@code 107,068 / 111,430}
 */
public record CriterionJson(
    String criterion,
    CheckStatus result,
    Optional<Double> value,
    String threshold,
    String fraction,
    String formula,
    List<String> notes) {

  public static CriterionJson of(Criterion criterion) {
    return new CriterionJson(
        criterion.key(),
        criterion.status(),
        criterion.figure().map(CriterionFigure::value),
        criterion.limit(),
        criterion.counted(),
        criterion.formula(),
        criterion.notes());
  }
}
