package studbook.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.Validation;
import studbook.store.run.RunRepository;

/** What a validation comes to, in a sentence, and what to do. */
final class ValidationSummary {

  private ValidationSummary() {}

  static String of(Validation validation) {
    if (validation.passes() && validation.isPartial()) {
      return "PASS for the horses that were asked for; `studbook backfill` asks for the others.";
    }
    if (validation.passes()) {
      return validation.isUnfinished()
          ? "PASS as it stands: look again when the run is finished."
          : "PASS: every criterion is met, no check fails, the sample is as it was written.";
    }
    List<String> bad = bad(validation);
    boolean early =
        validation.isUnfinished()
            && results(validation).stream().noneMatch(result -> result == CheckStatus.FAIL);
    return (early ? "WARN: not yet " : "FAIL: ")
        + String.join(", ", bad)
        + ". "
        + advice(validation);
  }

  /** Criteria that are not met and checks that fail, by name. */
  private static List<String> bad(Validation validation) {
    List<String> bad = new ArrayList<>();
    validation.criteria().stream()
        .filter(one -> one.result() == CheckStatus.FAIL || one.result() == CheckStatus.WARN)
        .forEach(one -> bad.add(one.key()));
    validation.findings().stream()
        .filter(one -> one.result() == CheckStatus.FAIL)
        .forEach(one -> bad.add(one.check().title()));
    if (validation.sample().result() == CheckStatus.FAIL) {
      bad.add("random rows");
    }
    return bad.isEmpty() ? List.of("no horses") : bad;
  }

  private static List<CheckStatus> results(Validation validation) {
    List<CheckStatus> results = new ArrayList<>();
    validation.criteria().forEach(one -> results.add(one.result()));
    validation.findings().forEach(one -> results.add(one.result()));
    results.add(validation.sample().result());
    return results;
  }

  /** One thing at a time: what throws doubt on the other figures comes first. */
  private static String advice(Validation validation) {
    if (isBad(validation, "totals")) {
      return "Ledger and tables differ: trust no figure of this run before that is explained.";
    }
    if (validation.sample().result() == CheckStatus.FAIL) {
      return "Somebody wrote these rows after the run: ask who before you trust the others.";
    }
    if (isBad(validation, "critical")) {
      return "Mend what stopped the run; `studbook backfill --resume` goes on where it stands.";
    }
    if (isBad(validation, "errors")) {
      return "`studbook errors --group` tells why, `studbook retry` asks for them again.";
    }
    Optional<CheckResult> failing =
        validation.findings().stream().filter(one -> one.result() == CheckStatus.FAIL).findFirst();
    if (failing.isPresent()) {
      return failing.get().example().isPresent()
          ? "Look at such a row, " + ValidationText.shown(failing.get().example().get()) + "."
          : "Look at the rows that share both.";
    }
    return goingOn(validation);
  }

  private static String goingOn(Validation validation) {
    if (validation.chain().stream().anyMatch(RunRepository.RunRow::isUnderWay)) {
      return "Look again when the run is finished.";
    }
    if (validation.isUnfinished()) {
      return "`studbook backfill --resume` goes on with the run.";
    }
    return validation.criteria().getFirst().figure().isPresent()
        ? "`studbook backfill` asks for the horses that are left."
        : "`studbook import FILE.csv` loads them.";
  }

  private static boolean isBad(Validation validation, String key) {
    return validation.criteria().stream()
        .filter(one -> one.key().equals(key))
        .map(Criterion::result)
        .anyMatch(result -> result == CheckStatus.FAIL);
  }
}
