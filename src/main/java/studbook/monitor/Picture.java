package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.run.Tally;
import studbook.store.statistics.Looks;
import studbook.store.table.Census;
import studbook.text.Blocks;
import studbook.text.Grid;
import studbook.text.LineWrap;
import studbook.text.Style;
import studbook.text.Words;

/**
 * The whole screen: a sight as lines of a window's size. All that is asked for fits into 80 × 24; a
 * larger window gets a larger chart and more errors, a smaller one loses these first.
 */
public final class Picture {

  private static final int LONGEST_MESSAGE = 300;
  private static final int LABEL = 17;
  private static final int CELL = 36;
  private static final String GAP = "    ";

  private final Style style;
  private final Clock clock;
  private final Duration interval;
  private final Wording wording;

  /**
   * A picture of nothing yet.
   *
   * @param clock of the zone in which times are shown
   * @param interval between two looks
   */
  public Picture(Style style, Clock clock, Duration interval) {
    this.style = style;
    this.clock = clock;
    this.interval = interval;
    this.wording = new Wording(clock);
  }

  /** Lines as high as the window, each as wide as it at most where no character is wide. */
  List<String> lines(Sight sight, int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add(title(sight, width));
    sight
        .absence()
        .ifPresent(absence ->
            Wording.wrapped(wording.absence(absence), width, 2)
                .forEach(line -> lines.add(style.warning(line))));
    Optional<Figures> figures = sight.figures();
    if (figures.isPresent()) {
      body(figures.get(), lines, width, height);
    } else if (sight.absence().isEmpty()) {
      lines.add("");
      lines.add("Looking …");
    }
    return framed(lines, height);
  }

  private List<String> framed(List<String> lines, int height) {
    List<String> framed =
        new ArrayList<>(lines.subList(0, Math.min(lines.size(), Math.max(0, height - 1))));
    while (framed.size() < height - 1) {
      framed.add("");
    }
    framed.add(
        style.faint(
            "q quits · Enter looks again · looks by itself every " + Words.duration(interval)));
    return framed;
  }

  private String title(Sight sight, int width) {
    String name =
        "Studbook"
            + sight
                .figures()
                .flatMap(Figures::run)
                .map(run -> " · " + wording.name(run.run()))
                .orElse("");
    Optional<Figures.OfRun> run = sight.figures().flatMap(Figures::run);
    String state = run.map(one -> " · " + wording.state(one)).orElse("");
    String age =
        sight
            .figures()
            .map(figures ->
                (sight.absence().isPresent() ? "OLD figures of " : "figures of ")
                    + wording.second(figures.at()))
            .orElse("");
    int free = width - name.length() - state.length() - age.length();
    if (free < 1) {
      return style.strong(Words.shortened(name + state, width));
    }
    return style.strong(name)
        + run.map(one -> coloured(one.standing(), state)).orElse(state)
        + " ".repeat(free)
        + (sight.absence().isPresent() ? style.warning(age) : style.faint(age));
  }

  private String coloured(Standing standing, String text) {
    return switch (standing) {
      case RUNNING, FINISHED -> style.good(text);
      case PAUSED, STOPPED -> style.warning(text);
      case DIED, CANCELLED, SUPERSEDED -> style.bad(text);
    };
  }

  private void body(Figures figures, List<String> lines, int width, int height) {
    Optional<Figures.OfRun> run = figures.run();
    if (run.isEmpty()) {
      lines.add("");
      lines.add(Wording.NO_RUN);
      lines.add("This screen waits for it.");
      lines.add("");
      lines.addAll(database(figures, width));
      return;
    }
    List<String> above = progress(run.get(), width);
    List<String> pace = pace(figures, run.get(), width);
    List<String> tables = database(figures, width);
    Room room =
        Room.of(
            height - 1 - lines.size() - above.size() - pace.size() - tables.size(),
            run.get().errors().size());
    lines.addAll(above);
    lines.addAll(room.blank());
    lines.addAll(pace);
    lines.addAll(room.blank());
    lines.addAll(tables);
    lines.addAll(room.blank());
    if (room.chart() > 0 && !run.get().course().isEmpty()) {
      lines.addAll(Chart.lines(run.get().course(), clock, width, room.chart()));
      lines.addAll(room.blank());
    }
    lines.addAll(errors(run.get().errors(), width, room.errors()));
  }

  private List<String> progress(Figures.OfRun run, int width) {
    Tally tally = run.tally();
    List<String> lines = new ArrayList<>();
    lines.add(
        "▕"
            + coloured(run.standing(), Blocks.bar(tally.percent(), Math.max(1, width - 10)))
            + "▏ "
            + style.strong(percent(tally.processed(), tally.total())));
    wording
        .explanation(run)
        .ifPresent(text ->
            Wording.wrapped(text, width, 2)
                .forEach(line -> lines.add(coloured(run.standing(), line))));
    long processed = tally.processed();
    String errors = cell("Errors", tally.failed(), percent(tally.failed(), processed));
    lines.addAll(
        columns(
            width,
            cell("Total", tally.total(), ""),
            cell("Processed", processed, percent(processed, tally.total())),
            cell("Remaining", tally.pending(), percent(tally.pending(), tally.total())),
            cell("Enriched", tally.enriched(), percent(tally.enriched(), processed)),
            cell("With pedigree", tally.withPedigree(), percent(tally.withPedigree(), processed)),
            cell("Without", tally.withoutPedigree(), percent(tally.withoutPedigree(), processed)),
            cell("Not found", tally.notFound(), percent(tally.notFound(), processed)),
            tally.failed() == 0 ? errors : style.bad(errors)));
    return lines;
  }

  private static String percent(long part, long whole) {
    return Words.percent(part, whole);
  }

  private static String cell(String label, long figure, String percent) {
    return "%-17s%11s%8s".formatted(label, Words.count(figure), percent);
  }

  /** Two cells a line where the window is wide enough for both, else one. */
  private static List<String> columns(int width, String... cells) {
    if (width < 2 * CELL + GAP.length()) {
      return List.of(cells);
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < cells.length; i += 2) {
      lines.add(cells[i] + GAP + cells[i + 1]);
    }
    return lines;
  }

  private List<String> pace(Figures figures, Figures.OfRun run, int width) {
    List<String> lines = new ArrayList<>();
    wording.phase(run).ifPresent(text -> lines.addAll(row("Phase", text, width)));
    lines.addAll(row("Rate", wording.rate(run), width));
    lines.addAll(row("Budget used", wording.budget(run), width));
    lines.addAll(row("Limited by", wording.limit(run), width));
    wording.lowered(run).ifPresent(text -> lines.addAll(row("Limit lowered", text, width)));
    lines.addAll(row("Time", wording.time(run, figures.at()), width));
    return lines;
  }

  /** A second line where the window is narrow. */
  private static List<String> row(String label, String text, int width) {
    String line = label + " ".repeat(LABEL - label.length()) + text;
    return LineWrap.lines(line, width, LABEL).stream()
        .map(part -> Words.shortened(part, width))
        .toList();
  }

  private List<String> database(Figures figures, int width) {
    if (figures.database().isEmpty()) {
      List<String> counting = new ArrayList<>(columns(width, "", "", "", ""));
      counting.set(0, "Database         being counted …");
      return counting;
    }
    Census census = figures.database().get().census();
    long horses = census.horses();
    return columns(
        width,
        cell("Database horses", horses, ""),
        cell("Enriched", census.enriched(), percent(census.enriched(), horses)),
        cell("Need enrichment", census.unenriched(), percent(census.unenriched(), horses)),
        cell("Pedigree records", census.pedigrees(), percent(census.pedigrees(), horses)));
  }

  private List<String> errors(List<Looks.Mishap> errors, int width, int most) {
    if (errors.isEmpty()) {
      return List.of(style.faint("No errors."));
    }
    Grid grid =
        new Grid(style)
            .text("Newest errors")
            .text("Horse")
            .text("Kind")
            .figure("HTTP")
            .flexible("Message");
    for (Looks.Mishap error : errors.subList(0, Math.min(most, errors.size()))) {
      String horse = error.horse();
      Integer status = error.status();
      grid.row(
          Words.moment(error.at(), clock),
          horse == null ? "" : Wording.printable(horse, 22),
          Wording.printable(error.kind(), 20),
          status == null ? "" : status.toString(),
          Wording.printable(error.message(), LONGEST_MESSAGE));
    }
    return grid.lines(width);
  }
}
