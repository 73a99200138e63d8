package studbook.monitor;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.percent;
import static studbook.text.HumanFormat.shortened;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.monitor.MonitorData.RunMetrics;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.run.RunCounts;
import studbook.store.run.RunStatus;
import studbook.store.table.TableCounts;
import studbook.text.AnsiStyle;
import studbook.text.BlockBars;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/**
 * The whole screen: a snapshot as lines of a window's size. All figures fit into 80 × 24; a larger
 * window gets a larger chart and more errors, a smaller one loses these first.
 */
public final class ScreenRenderer {

  private static final int MAX_MESSAGE = 300;
  private static final int LABEL = 17;
  private static final int CELL = 36;
  private static final String GAP = "    ";

  private final AnsiStyle style;
  private final Clock clock;
  private final Duration interval;
  private final MonitorMessages messages;

  /**
   * Creates a renderer.
   *
   * @param clock of the zone in which times are shown
   * @param interval between two refreshes
   */
  public ScreenRenderer(AnsiStyle style, Clock clock, Duration interval) {
    this.style = style;
    this.clock = clock;
    this.interval = interval;
    this.messages = new MonitorMessages(clock);
  }

  /** As many lines as the window has, each at most as wide if no character is wide. */
  List<String> lines(MonitorSnapshot snapshot, int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add(title(snapshot, width));
    snapshot
        .absence()
        .ifPresent(gap ->
            wrapped(messages.outage(gap), width).forEach(line -> lines.add(style.warning(line))));
    Optional<MonitorData> data = snapshot.figures();
    if (data.isPresent()) {
      body(data.get(), lines, width, height);
    } else if (snapshot.absence().isEmpty()) {
      lines.addAll(List.of("", "Loading …"));
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
        style.faint("q quit · Enter refresh · refreshes every " + HumanFormat.duration(interval)));
    return framed;
  }

  private String title(MonitorSnapshot snapshot, int width) {
    Optional<RunMetrics> run = snapshot.figures().flatMap(MonitorData::run);
    String name = "Studbook" + run.map(metrics -> " · " + messages.name(metrics.run())).orElse("");
    String status = run.map(metrics -> " · " + messages.status(metrics)).orElse("");
    String age = messages.age(snapshot);
    int free = width - name.length() - status.length() - age.length();
    if (free < 1) {
      return style.strong(shortened(name + status, width));
    }
    return style.strong(name)
        + run.map(metrics -> coloured(metrics.status(), status)).orElse(status)
        + " ".repeat(free)
        + (snapshot.absence().isPresent() ? style.warning(age) : style.faint(age));
  }

  private String coloured(RunStatus status, String text) {
    return switch (status) {
      case RUNNING, FINISHED -> style.good(text);
      case PAUSED, STOPPED -> style.warning(text);
      case DIED, CANCELLED, SUPERSEDED -> style.bad(text);
    };
  }

  private void body(MonitorData data, List<String> lines, int width, int height) {
    if (data.run().isEmpty()) {
      lines.addAll(
          List.of("", MonitorMessages.NO_RUN, "This screen shows it as soon as it starts.", ""));
      lines.addAll(database(data, width));
      return;
    }
    RunMetrics run = data.run().get();
    List<String> progress = progress(run, width);
    List<String> metrics =
        messages.metrics(run, data.at()).stream()
            .flatMap(metric -> row(metric.label(), metric.text(), width).stream())
            .toList();
    List<String> tables = database(data, width);
    ScreenLayout layout =
        ScreenLayout.of(
            height - 1 - lines.size() - progress.size() - metrics.size() - tables.size(),
            run.errors().size());
    for (List<String> block : List.of(progress, metrics, tables)) {
      lines.addAll(block);
      lines.addAll(layout.blank());
    }
    if (layout.chart() > 0 && !run.curve().buckets().isEmpty()) {
      lines.addAll(TextChart.lines(run.curve(), clock, width, layout.chart()));
      lines.addAll(layout.blank());
    }
    lines.addAll(errors(run.errors(), width, layout.errors()));
  }

  private List<String> progress(RunMetrics run, int width) {
    RunCounts t = run.counts();
    long completed = t.processed();
    List<String> lines = new ArrayList<>();
    lines.add(
        "▕"
            + coloured(run.status(), BlockBars.bar(t.percent(), Math.max(1, width - 10)))
            + "▏ "
            + style.strong(percent(completed, t.total())));
    messages
        .explanation(run)
        .ifPresent(
            text -> wrapped(text, width).forEach(line -> lines.add(coloured(run.status(), line))));
    String failed = cell("Failed", t.failed(), completed);
    lines.addAll(
        columns(
            width,
            cell("Total", t.total()),
            cell("Completed", completed, t.total()),
            cell("Remaining", t.pending(), t.total()),
            cell("Enriched", t.enriched(), completed),
            cell("With pedigree", t.withPedigree(), completed),
            cell("Without", t.withoutPedigree(), completed),
            cell("Not found", t.notFound(), completed),
            t.failed() == 0 ? failed : style.bad(failed)));
    return lines;
  }

  private static String cell(String label, long figure) {
    return "%-17s%11s%8s".formatted(label, count(figure), "");
  }

  private static String cell(String label, long part, long whole) {
    return "%-17s%11s%8s".formatted(label, count(part), percent(part, whole));
  }

  /** Two cells a line if the window is wide enough, otherwise one. */
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

  /** On two lines if the window is narrow. */
  private static List<String> row(String label, String text, int width) {
    String line = label + " ".repeat(LABEL - label.length()) + text;
    return LineWrap.lines(line, width, LABEL).stream().map(part -> shortened(part, width)).toList();
  }

  /** A sentence on at most two lines. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = LineWrap.lines(text, width, 0);
    return Stream.of(lines.getFirst(), String.join(" ", lines.subList(1, lines.size())))
        .filter(line -> !line.isEmpty())
        .map(line -> shortened(line, width))
        .toList();
  }

  private List<String> database(MonitorData data, int width) {
    if (data.database().isEmpty()) {
      List<String> counting = new ArrayList<>(columns(width, "", "", "", ""));
      counting.set(0, "Database         counting …");
      return counting;
    }
    TableCounts counts = data.database().get().counts();
    long horses = counts.horses();
    return columns(
        width,
        cell("Database horses", horses),
        cell("Enriched", counts.enriched(), horses),
        cell("Need enrichment", counts.unenriched(), horses),
        cell("Pedigrees", counts.pedigrees(), horses));
  }

  private List<String> errors(List<LoggedError> errors, int width, int max) {
    if (errors.isEmpty()) {
      return List.of(style.faint("No errors."));
    }
    TextTable table =
        new TextTable(style)
            .text("Newest errors")
            .text("Horse")
            .text("Kind")
            .figure("HTTP")
            .flexible("Message");
    for (LoggedError logged : errors.subList(0, Math.min(max, errors.size()))) {
      ErrorEntry entry = logged.entry();
      table.row(
          HumanFormat.moment(logged.at(), clock),
          entry.horse().map(HorseId::text).orElse(""),
          entry.kind().text(),
          entry.status() == 0 ? "" : Integer.toString(entry.status()),
          SafeText.excerpt(entry.message(), MAX_MESSAGE));
    }
    return table.lines(width);
  }
}
