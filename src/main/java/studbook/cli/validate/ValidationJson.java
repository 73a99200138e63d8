package studbook.cli.validate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.quality.Criterion;
import studbook.quality.Finding;
import studbook.quality.Sample;
import studbook.quality.SampledRow;
import studbook.quality.Score;
import studbook.quality.Validation;
import studbook.store.run.Runs;
import studbook.text.Json;

/** A validation for scripts: the components are its keys. */
final class ValidationJson {

  private ValidationJson() {}

  private record Shown(
      boolean passes,
      @Nullable Long run,
      @Nullable String state,
      boolean unfinished,
      List<Long> together,
      List<ShownCriterion> criteria,
      long incomplete,
      long rows,
      List<ShownCheck> checks,
      @Nullable ShownScore score,
      ShownSample sample) {}

  private record ShownCriterion(
      String criterion,
      String result,
      @Nullable Double figure,
      String needed,
      String counted,
      String formula,
      List<String> notes) {}

  private record ShownCheck(
      String check,
      String title,
      String result,
      long rows,
      double percent,
      double warn,
      double fail,
      @Nullable String example) {}

  private record ShownScore(
      double value, String formula, long filled, long expected, long impossible) {}

  private record ShownSample(long seed, String result, List<ShownRow> rows) {}

  private record ShownRow(
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
    Optional<Runs.Run> run = validation.run();
    return Json.pretty(
        new Shown(
            validation.passes(),
            run.map(Runs.Run::id).orElse(null),
            run.map(one -> one.state().text()).orElse(null),
            validation.isUnfinished(),
            validation.chain().stream().map(Runs.Run::id).toList(),
            validation.criteria().stream().map(ValidationJson::criterion).toList(),
            validation.incomplete(),
            validation.rows(),
            validation.findings().stream().map(ValidationJson::check).toList(),
            validation.score().map(ValidationJson::score).orElse(null),
            sample(validation.sample())));
  }

  private static ShownCriterion criterion(Criterion one) {
    return new ShownCriterion(
        one.key(),
        one.result().text(),
        one.figure().map(Criterion.Figure::value).orElse(null),
        one.limit(),
        one.counted(),
        one.formula(),
        one.notes());
  }

  private static ShownCheck check(Finding one) {
    return new ShownCheck(
        one.check().key(),
        one.check().title(),
        one.result().text(),
        one.counted(),
        one.percent(),
        one.limits().warn(),
        one.limits().fail(),
        one.example().orElse(null));
  }

  private static ShownScore score(Score score) {
    return new ShownScore(
        score.value(), Score.FORMULA, score.filled(), score.expected(), score.impossible());
  }

  private static ShownSample sample(Sample sample) {
    return new ShownSample(
        sample.seed(),
        sample.result().text(),
        sample.rows().stream().map(ValidationJson::row).toList());
  }

  private static ShownRow row(SampledRow row) {
    return new ShownRow(
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
