package studbook.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  private final TextTable table =
      new TextTable(AnsiStyle.PLAIN)
          .figure("Run")
          .flexible("State of the run")
          .figure("Horses")
          .row("1", "finished long ago", "3,000");

  @Test
  void isUnchangedIfItFits() {
    assertThat(table.lines(80))
        .containsExactly("Run  State of the run   Horses", "  1  finished long ago   3,000");
  }

  @Test
  void aFlexibleColumnGivesWayFirstThenTheSpaceBetweenThenTheEndOfTheLine() {
    assertThat(table.lines(21)).containsExactly("Run  State o…  Horses", "  1  finishe…   3,000");
    assertThat(table.lines(20)).containsExactly("Run State o… Horses", "  1 finishe…  3,000");
    assertThat(table.lines(15)).containsExactly("Run State o… H…", "  1 finishe…  …");
  }

  @Test
  void optionalColumnsAreLeftOutFromTheRightUntilTheRestFits() {
    TextTable runs =
        new TextTable(AnsiStyle.PLAIN)
            .figure("Run")
            .figure("Horses")
            .optional()
            .text("State")
            .figure("Rate")
            .optional()
            .row("1", "3,000", "finished", "4.8");
    assertThat(runs.lines(24))
        .containsExactly("Run Horses State    Rate", "  1  3,000 finished  4.8");
    assertThat(runs.lines(23)).containsExactly("Run  Horses  State", "  1   3,000  finished");
    assertThat(runs.lines(15)).containsExactly("Run  State", "  1  finished");
    assertThat(runs.lines(10)).containsExactly("Run State", "  1 finis…");
  }
}
