package studbook.cli.validate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.quality.CheckResult;
import studbook.quality.Criterion;
import studbook.quality.QualityScore;
import studbook.quality.RowSample;
import studbook.quality.SampledRow;
import studbook.quality.Validation;
import studbook.store.run.RunRepository;
import studbook.text.JsonFormat;

/** A validation for scripts: the components are its keys. */
final class ValidationJson {

  private ValidationJson() {}

  private record ValidationDocument(
      boolean passes,
      @Nullable Long run,
      @Nullable String state,
      boolean unfinished,
      List<Long> together,
      List<CriterionJson> criteria,
      long incomplete,
      long rows,
      List<CheckResultJson> checks,
      @Nullable ScoreJson score,
      SampleJson sample) {}

  private record CriterionJson(
      String criterion,
      String result,
      @Nullable Double figure,
      String needed,
      String counted,
      String formula,
      List<String> notes) {}

  private record CheckResultJson(
      String check,
      String title,
      String result,
      long rows,
      double percent,
      double warn,
      double fail,
      @Nullable String example) {}

  private record ScoreJson(
      double value, String formula, long filled, long expected, long impossible) {}

  private record SampleJson(long seed, String result, List<SampledRowJson> rows) {}

  private record SampledRowJson(
      String horseId,
      long run,
      @Nullable String name,
      @Nullable String dob,
      @Nullable String sex,
      @Nullable String colour,
      @Nullable String region,
      @Nullable String sire,
      @Nullable String dam,
      @Nullable String damsire,
      @Nullable String breeder,
      boolean equal,
      @Nullable String difference) {}

  static String of(Validation validation) {
    Optional<RunRepository.RunRow> run = validation.run();
    return JsonFormat.pretty(
        new ValidationDocument(
            validation.passes(),
            run.map(RunRepository.RunRow::id).orElse(null),
            run.map(one -> one.state().text()).orElse(null),
            validation.isUnfinished(),
            validation.chain().stream().map(RunRepository.RunRow::id).toList(),
            validation.criteria().stream().map(ValidationJson::criterion).toList(),
            validation.incomplete(),
            validation.rows(),
            validation.findings().stream().map(ValidationJson::check).toList(),
            validation.score().map(ValidationJson::score).orElse(null),
            sample(validation.sample())));
  }

  private static CriterionJson criterion(Criterion one) {
    return new CriterionJson(
        one.key(),
        one.result().text(),
        one.figure().map(Criterion.CriterionFigure::value).orElse(null),
        one.limit(),
        one.counted(),
        one.formula(),
        one.notes());
  }

  private static CheckResultJson check(CheckResult one) {
    return new CheckResultJson(
        one.check().key(),
        one.check().title(),
        one.result().text(),
        one.counted(),
        one.percent(),
        one.limits().warn(),
        one.limits().fail(),
        one.example().orElse(null));
  }

  private static ScoreJson score(QualityScore score) {
    return new ScoreJson(
        score.value(), QualityScore.FORMULA, score.filled(), score.expected(), score.impossible());
  }

  private static SampleJson sample(RowSample sample) {
    return new SampleJson(
        sample.seed(),
        sample.result().text(),
        sample.rows().stream().map(ValidationJson::row).toList());
  }

  private static SampledRowJson row(SampledRow row) {
    return new SampledRowJson(
        row.horse(),
        row.run(),
        row.values().name().orElse(null),
        row.values().dob().map(Object::toString).orElse(null),
        row.values().sex().orElse(null),
        row.values().colour().orElse(null),
        row.values().region().orElse(null),
        row.values().sire().orElse(null),
        row.values().dam().orElse(null),
        row.values().damsire().orElse(null),
        row.values().breeder().orElse(null),
        row.difference().isEmpty(),
        row.difference().orElse(null));
  }
}
