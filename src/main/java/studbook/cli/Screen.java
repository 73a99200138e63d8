package studbook.cli;

import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal's size; 80 columns where nobody knows. */
final class Screen implements AutoCloseable {

  private static final int USUAL_WIDTH = 80;

  private final Optional<Terminal> terminal;

  private Screen(Optional<Terminal> terminal) {
    this.terminal = terminal;
  }

  static Screen of(Surroundings surroundings) {
    if (!surroundings.terminal()) {
      return new Screen(Optional.empty());
    }
    try {
      return new Screen(
          Optional.of(
              TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build()));
    } catch (IOException e) {
      return new Screen(Optional.empty());
    }
  }

  int width() {
    int columns = terminal.map(screen -> screen.getSize().getColumns()).orElse(0);
    return columns > 0 ? columns : USUAL_WIDTH;
  }

  @Override
  public void close() throws IOException {
    if (terminal.isPresent()) {
      terminal.get().close();
    }
  }
}
