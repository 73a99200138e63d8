package studbook.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlMaskTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:oats@db:5432/x, postgresql://me:****@db:5432/x",
    "postgresql://me:o@t/s@db/x, postgresql://me:*****@db/x",
    "postgres://me@db:5432/x, postgres://me@db:5432/x",
    "postgresql://db/x?user=me&password=oats&a=b, postgresql://db/x?user=me&password=****&a=b",
    "jdbc:postgresql://db:5432/x?password=oats, jdbc:postgresql://db:********************",
    "postgresql://me, postgresql://me"
  })
  void thePasswordIsHidden(String typed, String displayed) {
    assertThat(UrlMask.masked(typed)).isEqualTo(displayed);
  }

  @Test
  void noPrefixShowsAPartOfThePassword() {
    String url = "postgresql://me:oats@db:5432/x";
    for (int end = url.indexOf("oats"); end <= url.length(); end++) {
      assertThat(UrlMask.masked(url.substring(0, end)))
          .hasSize(end)
          .doesNotContainPattern("me:[oats]");
    }
  }
}
