package studbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The output of a progress line together with other lines. */
class TerminalStreamTest {

  private static final String PROGRESS = "\rRun 1 ▕██  ▏ 42 of 100";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private TerminalStream.StreamPair streams(boolean errIsTerminal) {
    return TerminalStream.StreamPair.over(screen, screen, () -> errIsTerminal);
  }

  private String seen() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aProgressLineIsEndedBeforeAnotherLineOnEitherStream() {
    TerminalStream.StreamPair streams = streams(true);
    streams.out().print(PROGRESS);
    streams.out().print(PROGRESS);
    streams.err().println("studbook: stopped");
    streams.out().println("Run 1 is stopped.");
    streams.out().print(PROGRESS);
    streams.out().println("Run 1 is finished.");
    assertThat(seen())
        .isEqualTo(
            PROGRESS
                + PROGRESS
                + "\nstudbook: stopped\nRun 1 is stopped.\n"
                + PROGRESS
                + "\nRun 1 is finished.\n");
  }

  @Test
  void aProgressLineThatEndsItselfIsNotEndedAgain() {
    TerminalStream.StreamPair streams = streams(true);
    streams.out().print(PROGRESS + "\n");
    streams.out().println("a line");
    streams.out().print(PROGRESS);
    streams.out().println();
    streams.out().println("another");
    assertThat(seen()).isEqualTo(PROGRESS + "\na line\n" + PROGRESS + "\nanother\n");
  }

  @Test
  void aStderrThatIsAFileGetsNoEmptyLine() {
    TerminalStream.StreamPair streams = streams(false);
    streams.out().print(PROGRESS);
    streams.err().println("a warning");
    streams.out().println("a line");
    assertThat(seen()).isEqualTo(PROGRESS + "a warning\n\na line\n");
  }
}
