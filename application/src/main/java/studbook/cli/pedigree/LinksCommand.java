package studbook.cli.pedigree;

import static studbook.text.HumanFormat.count;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;
import studbook.store.pedigree.LinkCounts;
import studbook.store.pedigree.LinkProblem;
import studbook.store.pedigree.LinkQueries;
import studbook.store.pedigree.LinkQueries.LinkReport;
import studbook.text.TextTable;

/** {@code studbook links}. */
@Command(
    name = "links",
    description = {
      "Compare the sire, dam and damsire of each horse with the rows of these horses.",
      "Shows how many are in ra_horses and in studbook.ancestor, and where name, sex, age or the"
          + " sire of the dam contradict the link. Names are compared without suffix, case, accents"
          + " and punctuation."
    },
    exitCodeList = {
      "0:No link is contradicted.",
      "1:Some links are contradicted.",
      "2:Usage or configuration error."
    },
    footer = {"", "Examples: studbook links", "          studbook links --limit 1000 --json"})
public final class LinksCommand implements Callable<Integer> {

  private static final int LONGEST_VALUE = 40;

  private final CommandContext context;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of contradicted links to show (50).")
  private int limit = 50;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public LinksCommand(CommandContext context) {
    this.context = context;
  }

  private record LinksJson(List<LinkCountJson> roles, List<LinkProblemJson> contradictions) {}

  private record LinkCountJson(
      String role,
      long links,
      long withoutId,
      long horses,
      long inRaHorses,
      long inAncestors,
      long missing,
      long nameDiffers,
      long sexDiffers,
      long tooYoung,
      long damsireDiffers) {

    static LinkCountJson of(LinkCounts counts) {
      return new LinkCountJson(
          counts.role(),
          counts.links(),
          counts.withoutId(),
          counts.horses(),
          counts.inTable(),
          counts.inAncestors(),
          counts.missing(),
          counts.nameDiffers(),
          counts.sexDiffers(),
          counts.tooYoung(),
          counts.damsireDiffers());
    }
  }

  private record LinkProblemJson(
      String horseId,
      Optional<String> name,
      String role,
      String parentId,
      Optional<String> parentName,
      String contradiction,
      Optional<String> recorded) {

    static LinkProblemJson of(LinkProblem problem) {
      return new LinkProblemJson(
          problem.horse(),
          problem.horseName(),
          problem.role(),
          problem.parent(),
          problem.parentName(),
          problem.problem(),
          problem.recorded());
    }
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      database.requireReadable();
      LinkReport report = new LinkQueries(database.jdbi()).compare(limit);
      if (json) {
        context.printJson(
            new LinksJson(
                report.counts().stream().map(LinkCountJson::of).toList(),
                report.problems().stream().map(LinkProblemJson::of).toList()));
      } else {
        print(report);
      }
      return report.problems().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
    }
  }

  private void print(LinkReport report) {
    if (report.counts().isEmpty()) {
      context.println(
          "No links: ra_horse_pedigree names no parents. `studbook backfill` adds them.");
      return;
    }
    counts(report.counts()).lines(context.width()).forEach(context::println);
    long missing =
        report.counts().stream()
            .filter(role -> !role.role().equals("damsire"))
            .mapToLong(LinkCounts::missing)
            .sum();
    if (missing > 0) {
      context.print(
          "%s named as sire or dam without a row; `studbook ancestors --dry-run` shows what it would request."
              .formatted(count(missing, "horse")),
          0);
    }
    if (!report.problems().isEmpty()) {
      context.println("");
      problems(report.problems()).lines(context.width()).forEach(context::println);
    }
  }

  private TextTable counts(List<LinkCounts> roles) {
    TextTable table =
        new TextTable(context.style())
            .text("Role")
            .figure("Links")
            .figure("Horses")
            .figure("ra_horses")
            .figure("ancestor")
            .figure("Missing")
            .figure("No ID")
            .figure("Name")
            .figure("Sex")
            .figure("Age")
            .figure("Damsire");
    for (LinkCounts role : roles) {
      table.row(
          role.role(),
          count(role.links()),
          count(role.horses()),
          count(role.inTable()),
          count(role.inAncestors()),
          count(role.missing()),
          count(role.withoutId()),
          count(role.nameDiffers()),
          count(role.sexDiffers()),
          count(role.tooYoung()),
          count(role.damsireDiffers()));
    }
    return table;
  }

  private TextTable problems(List<LinkProblem> problems) {
    TextTable table =
        new TextTable(context.style())
            .text("Horse")
            .flexible("Name")
            .text("Role")
            .text("Parent")
            .flexible("Named")
            .text("Differs")
            .flexible("Recorded");
    for (LinkProblem problem : problems) {
      table.row(
          shown(problem.horse()),
          shown(problem.horseName()),
          problem.role(),
          shown(problem.parent()),
          shown(problem.parentName()),
          problem.problem(),
          shown(problem.recorded()));
    }
    return table;
  }

  private static String shown(Optional<String> text) {
    return text.map(LinksCommand::shown).orElse("–");
  }

  private static String shown(String text) {
    return SafeText.excerpt(text, LONGEST_VALUE);
  }
}
