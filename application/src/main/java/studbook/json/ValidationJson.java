package studbook.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import studbook.model.RunState;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.QualityScore;
import studbook.quality.RowSample;
import studbook.quality.SampledRow;
import studbook.quality.Validation;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.RowSampler.RowValues;

/** A validation as JSON. */
public record ValidationJson(
    boolean passes,
    Optional<Long> runId,
    Optional<RunState> state,
    boolean unfinished,
    List<ChainRunJson> retryChain,
    List<CriterionJson> criteria,
    long incomplete,
    long rows,
    List<CheckResultJson> rowChecks,
    Optional<ScoreJson> score,
    SampleJson sample) {

  private record CheckResultJson(
      String check,
      String title,
      CheckStatus result,
      long rows,
      double percent,
      double warnPercent,
      double failPercent,
      Optional<String> example) {

    static CheckResultJson of(CheckResult result) {
      return new CheckResultJson(
          result.check().key(),
          result.check().title(),
          result.result(),
          result.counted(),
          result.percent(),
          result.limits().warn(),
          result.limits().fail(),
          result.example());
    }
  }

  private record ScoreJson(
      double qualityScore, String formula, long filled, long expected, long impossible) {

    static ScoreJson of(QualityScore score) {
      return new ScoreJson(
          score.value(),
          QualityScore.FORMULA,
          score.filled(),
          score.expected(),
          score.impossible());
    }
  }

  private record SampleJson(long seed, CheckStatus result, List<SampledRowJson> sampledRows) {

    static SampleJson of(RowSample sample) {
      return new SampleJson(
          sample.seed(), sample.result(), sample.rows().stream().map(SampledRowJson::of).toList());
    }
  }

  private record SampledRowJson(
      String horseId,
      long runId,
      @JsonUnwrapped RowValues values,
      boolean matches,
      Optional<String> difference) {

    static SampledRowJson of(SampledRow row) {
      return new SampledRowJson(
          row.horse(), row.run(), row.values(), row.difference().isEmpty(), row.difference());
    }
  }

  public static ValidationJson of(Validation validation) {
    return new ValidationJson(
        validation.passes(),
        validation.run().map(RunRow::id),
        validation.run().map(RunRow::state),
        validation.isUnfinished(),
        validation.chain().stream().map(ChainRunJson::of).toList(),
        validation.criteria().stream().map(CriterionJson::of).toList(),
        validation.incomplete(),
        validation.rows(),
        validation.findings().stream().map(CheckResultJson::of).toList(),
        validation.score().map(ScoreJson::of),
        SampleJson.of(validation.sample()));
  }
}
