package studbook.backfill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedPartsTest {

  private final List<String> stopped = new ArrayList<>();
  private final StartedParts parts = new StartedParts();

  @Test
  void partsAreStoppedInReverse() {
    parts.add(() -> stopped.add("first"));
    parts.add(() -> stopped.add("second"));
    parts.close();
    parts.close();
    assertThat(stopped).containsExactly("second", "first");
  }

  @Test
  void aFailureKeepsNoOtherPartFromBeingStopped() {
    parts.add(() -> stopped.add("first"));
    parts.add(() -> {
      throw new IllegalStateException("two");
    });
    parts.add(() -> {
      throw new IllegalStateException("three");
    });
    assertThatThrownBy(parts::close)
        .hasMessage("three")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(stopped).containsExactly("first");
  }
}
