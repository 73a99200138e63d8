package studbook.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineWrapTest {

  @Test
  void breaksBetweenWordsAndIndentsWhatFollows() {
    assertThat(LineWrap.lines("Limit      two requests a second", 20, 11))
        .containsExactly("Limit      two", "           requests", "           a second");
  }

  @Test
  void leavesWhatFitsAsItIs() {
    assertThat(LineWrap.lines("  a  b", 6, 2)).containsExactly("  a  b");
    assertThat(LineWrap.lines("a b", Integer.MAX_VALUE, 0)).containsExactly("a b");
    assertThat(LineWrap.lines("", 10, 4)).containsExactly("");
  }

  @Test
  void aWordThatIsTooLongGetsItsOwnLine() {
    assertThat(LineWrap.lines("see http://localhost:1234/v1 now", 10, 2))
        .containsExactly("see", "  http://localhost:1234/v1", "  now");
    assertThat(LineWrap.lines("a b c", 1, 5)).containsExactly("a", "     b", "     c");
  }
}
