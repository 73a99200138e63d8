package studbook.cli.support;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * The size of the terminal, from the operating system. No terminal is opened for it: JLine closes
 * those when a shutdown begins, while a command still prints its result.
 */
public final class TerminalWidth {

  private static final int USUAL_WIDTH = 80;

  private TerminalWidth() {}

  /** Columns of the terminal on stdout; 80 if unknown. */
  public static int width() {
    try {
      int columns = WidthProvider.FOREIGN.systemStreamWidth(SystemStream.Output);
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (RuntimeException | LinkageError e) {
      return USUAL_WIDTH;
    }
  }

  /** Whether stderr is the same terminal. */
  public static boolean showsErrors() {
    try {
      return WidthProvider.FOREIGN.isSystemStream(SystemStream.Error);
    } catch (RuntimeException | LinkageError e) {
      return true;
    }
  }

  /** Loaded at first use: most commands never need it. */
  private static final class WidthProvider {

    static final TerminalProvider FOREIGN = load();

    private static TerminalProvider load() {
      try {
        return TerminalProvider.load("ffm");
      } catch (IOException e) {
        throw new IllegalStateException("JLine lacks its access to the terminal", e);
      }
    }
  }
}
