package studbook.cli.inspect;

import static studbook.text.HumanFormat.day;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.SafeText;
import studbook.store.statistics.HorseEvent;
import studbook.store.statistics.HorseHistory;
import studbook.store.statistics.HorseHistory.HorseRow;
import studbook.store.statistics.HorseHistory.PedigreeRow;
import studbook.store.statistics.HorseHistory.RunOutcome;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** One horse as text. */
record HorseText(HorseHistory history, Clock clock) {

  private static final int VALUE = 100;
  private static final int MESSAGE = 300;

  List<String> lines(AnsiStyle style, int width) {
    List<String> lines = new ArrayList<>();
    String name = history.horse().map(HorseRow::name).orElse(null);
    lines.add(style.strong(shown(history.id()) + (name == null ? "" : "  " + shown(name))));
    if (history.horse().isEmpty()) {
      lines.add("Missing: ra_horses has no such row.");
    }
    history.horse().ifPresent(horse -> lines.addAll(horse(horse)));
    history.pedigree().ifPresent(pedigree -> lines.addAll(pedigree(pedigree)));
    lines.add("");
    lines.add(origin());
    history
        .confirmedAt()
        .ifPresent(
            time -> lines.add("Confirmed by the API %s.".formatted(HumanFormat.day(time, clock))));
    if (!history.changes().isEmpty()) {
      lines.add("");
      lines.addAll(ChangeTable.ofOneHorse(history.changes(), style, clock).lines(width));
    }
    List<HorseEvent> steps = HorseEvent.of(history);
    if (!steps.isEmpty()) {
      lines.add("");
      lines.addAll(grid(steps, style).lines(width));
    }
    return lines.stream().map(line -> fitted(line, width)).toList();
  }

  /** Lines of the table fit already; only they and the first have escape sequences. */
  private static String fitted(String line, int width) {
    return line.indexOf('\u001B') >= 0 ? line : HumanFormat.shortened(line, width);
  }

  private List<String> horse(HorseRow horse) {
    return List.of(
        "",
        row("Born", horse.dob()),
        row("Sex", coded(horse.sex(), horse.sexCode())),
        row("Colour", coded(horse.colour(), horse.colourCode())),
        row("Region", horse.region()),
        row("Updated", time(horse.updatedAt())));
  }

  private List<String> pedigree(PedigreeRow pedigree) {
    return List.of(
        "",
        row("Sire", coded(pedigree.sire(), pedigree.sireId())),
        row("Dam", coded(pedigree.dam(), pedigree.damId())),
        row("Damsire", coded(pedigree.damsire(), pedigree.damsireId())),
        row("Breeder", pedigree.breeder()),
        row("Region", pedigree.region()),
        row("Updated", time(pedigree.updatedAt())));
  }

  private static String row(String label, @Nullable String value) {
    return "%-10s%s".formatted(label, value == null || value.isEmpty() ? "–" : shown(value));
  }

  /** {@code mare (M)}; the code alone if there is no word. */
  private static @Nullable String coded(@Nullable String text, @Nullable String code) {
    return text == null ? code : code == null ? text : text + " (" + code + ")";
  }

  private @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : day(instant, clock);
  }

  private static String shown(String text) {
    return SafeText.excerpt(text, VALUE);
  }

  /** Where the row came from, and whether it was modified since. */
  private String origin() {
    Optional<RunOutcome> origin = history.origin();
    if (origin.isEmpty()) {
      return "Not written by any run.";
    }
    RunOutcome outcome = origin.get();
    return "Written by run %d from %s, %s; %s."
        .formatted(
            outcome.run(),
            outcome.source().orElse("?"),
            outcome.settledAt() == null ? "?" : day(outcome.settledAt(), clock),
            history.horse().isEmpty()
                ? "the row was deleted since"
                : outcome.unchanged() ? "the row is unmodified" : "the row was modified since");
  }

  private TextTable grid(List<HorseEvent> steps, AnsiStyle style) {
    TextTable table =
        new TextTable(style)
            .text("Time")
            .figure("Run")
            .text("Event")
            .text("Endpoint")
            .figure("HTTP")
            .figure("Request")
            .figure("ms")
            .flexible("Message");
    for (HorseEvent event : steps) {
      table.row(
          event.at() == null ? "–" : HumanFormat.moment(event.at(), clock),
          Long.toString(event.run()),
          event
              .outcome()
              .map(outcome -> "→ " + outcome.text())
              .or(() -> event.kind().map(ErrorKind::text))
              .orElse("–"),
          event.endpoint().orElse("–"),
          event.status() == 0 ? "–" : Integer.toString(event.status()),
          event.at() == null ? "–" : Integer.toString(event.requests()),
          event.at() == null ? "–" : HumanFormat.count(event.duration().toMillis()),
          event.message().map(text -> SafeText.excerpt(text, MESSAGE)).orElse(""));
    }
    return table;
  }
}
