package studbook.cli.plausibility;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.cli.support.CommandContext;
import studbook.json.horse.ListedFinding;
import studbook.model.SafeText;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** Prints the results of checks, and findings, for people. */
public final class PlausibilityText {

  private static final int INDENT = 4;

  private final CommandContext context;

  public PlausibilityText(CommandContext context) {
    this.context = context;
  }

  /** Prints the counts, what differs from the check before, and the findings. */
  public void print(PlausibilitySummary summary) {
    context.println(
        "%s checked by %s: %s."
            .formatted(
                HumanFormat.count(summary.horses(), "horse"),
                HumanFormat.count(summary.rules().size(), "rule"),
                totals(summary)));
    summary
        .previousAt()
        .ifPresent(before ->
            context.println(
                "Since the check of %s: %s new, %s no longer found."
                    .formatted(
                        HumanFormat.day(before, context.environment().clock()),
                        HumanFormat.count(summary.total(RuleCount::newFindings)),
                        HumanFormat.count(summary.total(RuleCount::closedFindings)))));
    if (summary.linksLeftOut() > 0) {
      context.println(
          (summary.checkedAt().isPresent()
                  ? "%s in error: figures leave them out."
                  : "%s in error: figures of a file leave out those of cycles.")
              .formatted(HumanFormat.count(summary.linksLeftOut(), "link")));
    }
    List<RuleCount> rows = summary.rules().stream().filter(RuleCount::isWorthARow).toList();
    if (!rows.isEmpty()) {
      context.println("");
      table(rows, summary.previousAt().isPresent())
          .lines(context.width())
          .forEach(context::println);
    }
    printFindings(summary.findings(), summary.omitted());
  }

  private static String totals(PlausibilitySummary summary) {
    String totals =
        Stream.of(
                HumanFormat.count(summary.total(RuleCount::errorFindings), "error"),
                HumanFormat.count(summary.total(RuleCount::warningFindings), "warning"),
                HumanFormat.count(summary.total(RuleCount::noteFindings), "note"))
            .collect(Collectors.joining(", "));
    long accepted = summary.total(RuleCount::acceptedFindings);
    return accepted == 0
        ? totals
        : "%s; %s accepted".formatted(totals, HumanFormat.count(accepted));
  }

  private TextTable table(List<RuleCount> rows, boolean compared) {
    TextTable table =
        new TextTable(context.style())
            .text("Rule")
            .flexible("Finds")
            .figure("Errors")
            .figure("Warnings")
            .figure("Notes")
            .figure("Accepted")
            .optional()
            .figure("New")
            .figure("Gone");
    for (RuleCount row : rows) {
      table.row(
          row.rule(),
          row.text(),
          shown(row.errorFindings()),
          shown(row.warningFindings()),
          shown(row.noteFindings()),
          shown(row.acceptedFindings()),
          compared ? shown(row.newFindings()) : "",
          compared ? shown(row.closedFindings()) : "");
    }
    return table;
  }

  private static String shown(long count) {
    return count == 0 ? "" : HumanFormat.count(count);
  }

  /** Prints findings, each whole. */
  public void printFindings(List<ListedFinding> findings, long omitted) {
    if (!findings.isEmpty()) {
      context.println("");
    }
    for (ListedFinding finding : findings) {
      String number = finding.findingId().map(id -> id + " ").orElse("");
      String mark = finding.state().equals("open") ? "" : ", " + finding.state();
      context.print(
          "%s%s %s%s: %s"
              .formatted(
                  number,
                  finding.severity(),
                  finding.rule(),
                  mark,
                  SafeText.excerpt(finding.text(), Integer.MAX_VALUE)),
          INDENT);
    }
    if (omitted > 0) {
      context.println(
          "%s omitted; --limit sets how many are listed."
              .formatted(HumanFormat.count(omitted, "finding")));
    }
  }
}
