package studbook.dashboard.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Actions that belong to the same pages, by the first words of their commands. */
public enum ActionGroup {
  RUNS,
  SCHEDULES,
  REVIEW,
  ANCESTORS;

  public List<String> commands() {
    return switch (this) {
      case RUNS -> List.of("backfill", "retry", "pause", "resume", "cancel");
      case SCHEDULES -> List.of("schedule");
      case REVIEW -> List.of("review");
      case ANCESTORS -> List.of("ancestors");
    };
  }

  /** For an address. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ActionGroup> of(String text) {
    return Arrays.stream(values()).filter(group -> group.text().equals(text)).findFirst();
  }
}
