package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.run.RunCounts;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.TableCounts;
import studbook.text.AnsiStyle;
import studbook.text.BlockBars;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/**
 * The whole screen: a sight as lines of a window's size. All that is asked for fits into 80 × 24; a
 * larger window gets a larger chart and more errors, a smaller one loses these first.
 */
public final class ScreenRenderer {

  private static final int LONGEST_MESSAGE = 300;
  private static final int LABEL = 17;
  private static final int CELL = 36;
  private static final String GAP = "    ";

  private final AnsiStyle style;
  private final Clock clock;
  private final Duration interval;
  private final MonitorMessages wording;

  /**
   * A picture of nothing yet.
   *
   * @param clock of the zone in which times are shown
   * @param interval between two looks
   */
  public ScreenRenderer(AnsiStyle style, Clock clock, Duration interval) {
    this.style = style;
    this.clock = clock;
    this.interval = interval;
    this.wording = new MonitorMessages(clock);
  }

  /** Lines as high as the window, each as wide as it at most where no character is wide. */
  List<String> lines(MonitorSnapshot sight, int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add(title(sight, width));
    sight
        .absence()
        .ifPresent(absence ->
            MonitorMessages.wrapped(wording.absence(absence), width, 2)
                .forEach(line -> lines.add(style.warning(line))));
    Optional<MonitorData> figures = sight.figures();
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
            "q quits · Enter looks again · looks by itself every "
                + HumanFormat.duration(interval)));
    return framed;
  }

  private String title(MonitorSnapshot sight, int width) {
    String name =
        "Studbook"
            + sight
                .figures()
                .flatMap(MonitorData::run)
                .map(run -> " · " + wording.name(run.run()))
                .orElse("");
    Optional<MonitorData.RunMetrics> run = sight.figures().flatMap(MonitorData::run);
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
      return style.strong(HumanFormat.shortened(name + state, width));
    }
    return style.strong(name)
        + run.map(one -> coloured(one.standing(), state)).orElse(state)
        + " ".repeat(free)
        + (sight.absence().isPresent() ? style.warning(age) : style.faint(age));
  }

  private String coloured(RunStatus standing, String text) {
    return switch (standing) {
      case RUNNING, FINISHED -> style.good(text);
      case PAUSED, STOPPED -> style.warning(text);
      case DIED, CANCELLED, SUPERSEDED -> style.bad(text);
    };
  }

  private void body(MonitorData figures, List<String> lines, int width, int height) {
    Optional<MonitorData.RunMetrics> run = figures.run();
    if (run.isEmpty()) {
      lines.add("");
      lines.add(MonitorMessages.NO_RUN);
      lines.add("This screen waits for it.");
      lines.add("");
      lines.addAll(database(figures, width));
      return;
    }
    List<String> above = progress(run.get(), width);
    List<String> pace = pace(figures, run.get(), width);
    List<String> tables = database(figures, width);
    ScreenLayout room =
        ScreenLayout.of(
            height - 1 - lines.size() - above.size() - pace.size() - tables.size(),
            run.get().errors().size());
    lines.addAll(above);
    lines.addAll(room.blank());
    lines.addAll(pace);
    lines.addAll(room.blank());
    lines.addAll(tables);
    lines.addAll(room.blank());
    if (room.chart() > 0 && !run.get().course().isEmpty()) {
      lines.addAll(TextChart.lines(run.get().course(), clock, width, room.chart()));
      lines.addAll(room.blank());
    }
    lines.addAll(errors(run.get().errors(), width, room.errors()));
  }

  private List<String> progress(MonitorData.RunMetrics run, int width) {
    RunCounts tally = run.tally();
    List<String> lines = new ArrayList<>();
    lines.add(
        "▕"
            + coloured(run.standing(), BlockBars.bar(tally.percent(), Math.max(1, width - 10)))
            + "▏ "
            + style.strong(percent(tally.processed(), tally.total())));
    wording
        .explanation(run)
        .ifPresent(text ->
            MonitorMessages.wrapped(text, width, 2)
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
    return HumanFormat.percent(part, whole);
  }

  private static String cell(String label, long figure, String percent) {
    return "%-17s%11s%8s".formatted(label, HumanFormat.count(figure), percent);
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

  private List<String> pace(MonitorData figures, MonitorData.RunMetrics run, int width) {
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
        .map(part -> HumanFormat.shortened(part, width))
        .toList();
  }

  private List<String> database(MonitorData figures, int width) {
    if (figures.database().isEmpty()) {
      List<String> counting = new ArrayList<>(columns(width, "", "", "", ""));
      counting.set(0, "Database         being counted …");
      return counting;
    }
    TableCounts census = figures.database().get().census();
    long horses = census.horses();
    return columns(
        width,
        cell("Database horses", horses, ""),
        cell("Enriched", census.enriched(), percent(census.enriched(), horses)),
        cell("Need enrichment", census.unenriched(), percent(census.unenriched(), horses)),
        cell("Pedigree records", census.pedigrees(), percent(census.pedigrees(), horses)));
  }

  private List<String> errors(List<MonitorQueries.NewestError> errors, int width, int most) {
    if (errors.isEmpty()) {
      return List.of(style.faint("No errors."));
    }
    TextTable grid =
        new TextTable(style)
            .text("Newest errors")
            .text("Horse")
            .text("Kind")
            .figure("HTTP")
            .flexible("Message");
    for (MonitorQueries.NewestError error : errors.subList(0, Math.min(most, errors.size()))) {
      String horse = error.horse();
      Integer status = error.status();
      grid.row(
          HumanFormat.moment(error.at(), clock),
          horse == null ? "" : MonitorMessages.printable(horse, 22),
          MonitorMessages.printable(error.kind(), 20),
          status == null ? "" : status.toString(),
          MonitorMessages.printable(error.message(), LONGEST_MESSAGE));
    }
    return grid.lines(width);
  }
}
