package studbook.cli.control;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.json.ReviewJson;
import studbook.json.ReviewsJson;
import studbook.model.SafeText;
import studbook.store.change.ReviewRepository;
import studbook.store.change.ReviewResult;
import studbook.store.change.WaitingReview;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook review}. */
@Command(
    name = "review",
    description = {
      "List, accept or reject suspicious changes.",
      "Another sex group, date of birth, parent or name is not written before it is accepted. A"
          + " rejected one is not raised again while the API repeats it."
    },
    exitCodeList = {
      "0:Done.",
      "1:Some reviews were not waiting any more.",
      "2:Usage or configuration error."
    },
    footer = {
      "",
      "Examples: studbook review",
      "          studbook review accept 12 15",
      "          studbook review accept --field dob --all"
    })
public final class ReviewCommand implements Callable<Integer> {

  private static final int LONGEST_VALUE = 60;

  /** What to do with reviews. */
  public enum ReviewAction {
    LIST,
    ACCEPT,
    REJECT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final CommandContext context;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ReviewAction action = ReviewAction.LIST;

  @Parameters(index = "1..*", paramLabel = "ID", description = "Numbers of reviews.")
  private List<Long> ids = List.of();

  @Option(
      names = "--field",
      paramLabel = "F",
      description = "Field of the reviews: name, dob, sex, sire, dam or damsire.")
  private @Nullable String field;

  @Option(names = "--all", description = "Accept or reject all waiting reviews.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ReviewCommand(CommandContext context) {
    this.context = context;
  }

  private record DecisionsJson(List<DecisionJson> decisions) {}

  private record DecisionJson(long reviewId, String result) {}

  @Override
  public Integer call() {
    if (action == ReviewAction.LIST ? all || !ids.isEmpty() : all != ids.isEmpty()) {
      throw new UsageException(
          action == ReviewAction.LIST
              ? "review list takes no numbers and no --all"
              : "review %s needs the numbers of reviews, or --all".formatted(action));
    }
    if (field != null && !ids.isEmpty()) {
      throw new UsageException("--field goes with --all, not with numbers");
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      ReviewRepository reviews = new ReviewRepository(database.jdbi());
      return action == ReviewAction.LIST ? list(reviews) : decide(reviews);
    }
  }

  private List<WaitingReview> waiting(ReviewRepository reviews) {
    return reviews.waiting(
        Optional.ofNullable(field).map(text -> text.strip().toLowerCase(Locale.ROOT)));
  }

  private int list(ReviewRepository reviews) {
    List<WaitingReview> waiting = waiting(reviews);
    if (json) {
      context.printJson(new ReviewsJson(waiting.stream().map(ReviewJson::of).toList()));
    } else if (waiting.isEmpty()) {
      context.out().println("No reviews are waiting.");
    } else {
      TextTable table =
          new TextTable(context.style())
              .figure("ID")
              .text("Horse")
              .flexible("Name")
              .text("Field")
              .flexible("Old")
              .flexible("New")
              .text("Source")
              .text("Raised");
      for (WaitingReview review : waiting) {
        table.row(
            Long.toString(review.id()),
            shown(review.horse()),
            review.name().map(ReviewCommand::shown).orElse("–"),
            review.field(),
            shown(review.oldValue()),
            shown(review.newValue()),
            review.source(),
            HumanFormat.moment(review.raisedAt(), context.environment().clock()));
      }
      table.lines(context.width()).forEach(context.out()::println);
    }
    return ExitCode.DONE;
  }

  private static String shown(WaitingReview.PairValue pair) {
    String value = pair.value().map(ReviewCommand::shown).orElse("–");
    return pair.code().map(code -> value + " (" + shown(code) + ")").orElse(value);
  }

  private static String shown(String text) {
    return SafeText.excerpt(text, LONGEST_VALUE);
  }

  private int decide(ReviewRepository reviews) {
    List<Long> chosen =
        all
            ? waiting(reviews).stream().map(WaitingReview::id).toList()
            : ids.stream().distinct().toList();
    List<DecisionJson> decisions =
        chosen.stream().map(id -> new DecisionJson(id, word(decide(reviews, id)))).toList();
    long decided = decisions.stream().filter(decision -> decision.result().equals(done())).count();
    if (json) {
      context.printJson(new DecisionsJson(decisions));
    } else {
      decisions.stream()
          .filter(decision -> !decision.result().equals(done()))
          .forEach(decision ->
              context
                  .out()
                  .println("Review %d: %s.".formatted(decision.reviewId(), decision.result())));
      context.out().println("%s %s.".formatted(HumanFormat.count(decided, "review"), done()));
    }
    return decided == decisions.size() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private ReviewResult decide(ReviewRepository reviews, long id) {
    return action == ReviewAction.ACCEPT ? reviews.accept(id) : reviews.reject(id);
  }

  private String word(ReviewResult result) {
    return switch (result) {
      case DECIDED -> done();
      case ROW_CHANGED -> "withdrawn: the row was changed meanwhile";
      case NOT_WAITING -> "not waiting";
    };
  }

  private String done() {
    return action == ReviewAction.ACCEPT ? "accepted" : "rejected";
  }
}
