package studbook.cli.terminal;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ShutdownHandler.ShutdownScope;

/**
 * Questions to the user of a terminal, answered by lines that can be edited. Nothing is kept: there
 * is no history. Opens the terminal, and restores it when it is closed. Not thread-safe.
 */
public final class AnswerPrompt implements AutoCloseable {

  private static final java.util.logging.Logger JLINE =
      java.util.logging.Logger.getLogger("org.jline");

  /** The user ended the input, by Ctrl-C, Ctrl-D or a signal, instead of an answer. */
  public static final class InputEndedException extends Exception {

    private static final long serialVersionUID = 1L;

    InputEndedException() {
      super("the input ended");
    }
  }

  /** Displays other characters than those that are typed, as many as those. */
  private record DisplayMask(UnaryOperator<String> mask) implements MaskingCallback {

    @Override
    public String display(String line) {
      return mask.apply(line);
    }

    @Override
    public String history(String line) {
      return "";
    }
  }

  private final CommandContext context;
  private final Terminal terminal;
  private final LineReader reader;

  private AnswerPrompt(CommandContext context, Terminal terminal) {
    this.context = context;
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .build();
  }

  /** Opens the terminal of this process. */
  public static AnswerPrompt open(CommandContext context) throws IOException {
    JLINE.setLevel(Level.OFF);
    return new AnswerPrompt(
        context,
        TerminalBuilder.builder()
            .system(true)
            .dumb(true)
            .graphemeCluster(false)
            .encoding(StandardCharsets.UTF_8)
            .stdoutEncoding(StandardCharsets.UTF_8)
            .build());
  }

  /** Asks for a line, without blanks around it. */
  public String line(String question) throws InputEndedException {
    return read(question, UnaryOperator.identity()).strip();
  }

  /** Asks for a secret, of which only asterisks are displayed. */
  public String secret(String question) throws InputEndedException {
    return read(question, line -> "*".repeat(line.length()));
  }

  /**
   * Asks for a line that may contain a secret.
   *
   * @param mask replaces the characters of the secret; keeps the length
   */
  public String masked(String question, UnaryOperator<String> mask) throws InputEndedException {
    return read(question, mask).strip();
  }

  /**
   * Asks until the answer is yes or no.
   *
   * @param usual the answer of an empty line
   */
  public boolean agrees(String question, boolean usual) throws InputEndedException {
    while (true) {
      String word = line(question + (usual ? " [Y/n] " : " [y/N] ")).toLowerCase(Locale.ROOT);
      if (word.isEmpty()) {
        return usual;
      }
      if (word.matches("y|yes|n|no")) {
        return word.startsWith("y");
      }
    }
  }

  private String read(String question, UnaryOperator<String> mask) throws InputEndedException {
    if (context.stopSignal().isStopping()) {
      throw new InputEndedException();
    }
    context.out().flush();
    try (ShutdownScope _ = context.stopSignal().onShutdown(Thread.currentThread()::interrupt)) {
      return reader.readLine(question, null, new DisplayMask(mask), null);
    } catch (UserInterruptException | EndOfFileException e) {
      throw new InputEndedException();
    } catch (IOError | IllegalStateException e) {
      if (!context.stopSignal().isStopping()) {
        throw e;
      }
      throw new InputEndedException(); // in a shutdown JLine closes its terminal by itself
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
