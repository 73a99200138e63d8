package studbook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.text.AnsiStyle;

/** Charts for terminals. */
class ChartTextTest {

  private static String chart(String csv, int generations, int width) {
    return String.join(
        "\n", ChartText.lines(ChartFixture.tree(csv, generations), width, AnsiStyle.PLAIN));
  }

  @Test
  void theSireIsAboveAndTheDamBelow() {
    assertThat(chart(ChartFixture.LINEBRED, 3, 120))
        .isEqualTo(
            """
                              ┌─ First Stone (USA) b. 1990
                       ┌─ Old Quay (GB) [A] b/br. 2001
                       │      └─ (dam not recorded)
                ┌─ Winter Harbour (IRE) ch. 2010
                │      │      ┌─ (sire not recorded)
                │      └─ Slow Tide
                │             └─ (dam not recorded)
            Harbour Light (IRE) b. 5 Apr 2019
                │             ┌─ Old Quay (GB) [A] b/br. 2001
                │      ┌─ North Pier (GB) b. 2005
                │      │      └─ (dam not recorded)
                └─ Clear Evening (FR) gr. 2012
                       │      ┌─ (sire not recorded)
                       └─ 7
                              └─ (dam not recorded)

            [A] Old Quay (GB) 2S x 3D, 37.5% of the blood

            8 of 14 ancestors in 3 generations are recorded.\
            """);
  }

  @Test
  void aNarrowTerminalShowsFewerGenerations() {
    List<String> lines = ChartText.lines(ChartFixture.complete(5), 40, AnsiStyle.PLAIN);
    assertThat(lines).allMatch(line -> line.length() <= 40);
    assertThat(lines.getLast()).isEqualTo("Only 2 generations fit into 40 columns.");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 60, 80, 120})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(ChartText.lines(ChartFixture.complete(6), width, AnsiStyle.PLAIN))
        .filteredOn(line -> line.length() > width)
        .isEmpty();
  }

  @Test
  void eightyColumnsShowFiveGenerations() {
    assertThat(ChartText.lines(ChartFixture.complete(5), 80, AnsiStyle.PLAIN))
        .hasSize(63)
        .anyMatch(line -> line.contains("Wonderful Meadow 63 (IRE)"));
  }

  @Test
  void aCycleEndsTheChart() {
    String csv = "id,sire,dam\n1,2,\n2,3,\n3,2,\n";
    assertThat(chart(csv, 12, 80))
        .contains("3 (its own ancestor)", "A record makes a horse its own ancestor")
        .doesNotContain("[A]");
  }

  @Test
  void namesCannotCommandTheTerminal() {
    assertThat(ChartText.lines(ChartFixture.hostile(), 200, AnsiStyle.PLAIN))
        .noneMatch(line -> line.contains("\u001B") || line.contains("\u202E"))
        .anyMatch(line -> line.contains(ChartFixture.HOSTILE_NAME));
  }
}
