package studbook.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.Validation;
import studbook.store.run.RunStatus;

/** The result of a validation in a sentence, and what to do. */
final class ValidationSummary {

  private ValidationSummary() {}

  static String of(Validation validation) {
    if (validation.passes() && validation.isPartial()) {
      return "PASS for the requested horses; `studbook backfill` requests the others.";
    }
    if (validation.passes()) {
      return validation.isUnfinished()
          ? "PASS so far: validate again when the run is finished."
          : "PASS: every criterion is met, no check fails, the sampled rows match.";
    }
    List<String> bad = bad(validation);
    return (fails(validation) ? "FAIL: " : "WARN: not yet ")
        + String.join(", ", bad)
        + ". "
        + advice(validation);
  }

  /** Whether something is wrong that the rest of an unfinished run will not change. */
  static boolean fails(Validation validation) {
    return !validation.passes()
        && (!validation.isUnfinished()
            || results(validation).stream().anyMatch(status -> status == CheckStatus.FAIL));
  }

  /** Criteria that are not met and checks that fail, by name. */
  private static List<String> bad(Validation validation) {
    List<String> bad = new ArrayList<>();
    validation.criteria().stream()
        .filter(criterion ->
            criterion.status() == CheckStatus.FAIL || criterion.status() == CheckStatus.WARN)
        .forEach(criterion -> bad.add(criterion.key()));
    validation.findings().stream()
        .filter(result -> result.result() == CheckStatus.FAIL)
        .forEach(result -> bad.add(result.check().title()));
    if (validation.sample().result() == CheckStatus.FAIL) {
      bad.add("sampled rows");
    }
    return bad.isEmpty() ? List.of("no horses") : bad;
  }

  private static List<CheckStatus> results(Validation validation) {
    List<CheckStatus> results = new ArrayList<>();
    validation.criteria().forEach(criterion -> results.add(criterion.status()));
    validation.findings().forEach(result -> results.add(result.result()));
    results.add(validation.sample().result());
    return results;
  }

  /** One thing at a time: first what makes the other figures unreliable. */
  private static String advice(Validation validation) {
    if (isBad(validation, "totals")) {
      return "Work items and tables differ: find the cause before you trust any figure of this run.";
    }
    if (validation.sample().result() == CheckStatus.FAIL) {
      return "These rows were changed after the run: find out by what before you trust the others.";
    }
    if (isBad(validation, "critical")) {
      return "Fix what stopped the run, then continue it with `" + RunStatus.RESUME + "`.";
    }
    if (isBad(validation, "errors")) {
      return "`studbook errors --summary` shows why, `studbook retry` requests them again.";
    }
    Optional<CheckResult> failing =
        validation.findings().stream()
            .filter(result -> result.result() == CheckStatus.FAIL)
            .findFirst();
    if (failing.isPresent()) {
      return failing.get().example().isPresent()
          ? "An example is " + ValidationText.shown(failing.get().example().get()) + "."
          : "Check the rows that share both.";
    }
    return nextStep(validation);
  }

  private static String nextStep(Validation validation) {
    if (validation.chain().stream().anyMatch(run -> run.run().isUnderWay())) {
      return "Validate again when the run is finished.";
    }
    if (validation.isUnfinished()) {
      return "`" + RunStatus.RESUME + "` continues the run.";
    }
    return validation.criteria().getFirst().figure().isPresent()
        ? "`studbook backfill` requests the other horses."
        : "`studbook import FILE.csv` loads them.";
  }

  private static boolean isBad(Validation validation, String key) {
    return validation.criteria().stream()
        .filter(criterion -> criterion.key().equals(key))
        .map(Criterion::status)
        .anyMatch(status -> status == CheckStatus.FAIL);
  }
}
