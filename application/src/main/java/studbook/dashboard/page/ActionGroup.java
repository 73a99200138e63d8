package studbook.dashboard.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Actions that belong to the same pages, by the first words of their commands. */
public enum ActionGroup {
  RUNS(List.of("backfill", "retry", "pause", "resume", "cancel")),
  SCHEDULES(List.of("schedule")),
  REVIEW(List.of("review")),
  ANCESTORS(List.of("ancestors"));

  private final List<String> commands;

  ActionGroup(List<String> commands) {
    this.commands = commands;
  }

  public List<String> commands() {
    return commands;
  }

  /** For an address. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ActionGroup> of(String text) {
    return Arrays.stream(values()).filter(group -> group.text().equals(text)).findFirst();
  }
}
