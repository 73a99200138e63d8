package studbook.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import studbook.cli.support.ExitCode;

/**
 * Stdout or stderr of a process. A progress line begins with a carriage return, is rewritten in
 * place and has no end; it is ended before another line on either stream. The two streams share no
 * lock, since a terminal that is not read blocks its writer.
 */
public final class TerminalStream extends FilterOutputStream {

  /** The operating system's message when the reader has ended. */
  private static final String CLOSED_PIPE = "Broken pipe";

  private final AtomicBoolean progressShown;
  private final BooleanSupplier terminal;
  private volatile Optional<String> failure = Optional.empty();

  private TerminalStream(OutputStream out, AtomicBoolean progressShown, BooleanSupplier terminal) {
    super(out);
    this.progressShown = progressShown;
    this.terminal = terminal;
  }

  /** Both streams of a process; always UTF-8. */
  public record StreamPair(PrintStream out, PrintStream err, TerminalStream output) {

    public static StreamPair over(
        OutputStream out, OutputStream err, BooleanSupplier errIsTerminal) {
      AtomicBoolean progressShown = new AtomicBoolean();
      TerminalStream output = new TerminalStream(out, progressShown, () -> true);
      return new StreamPair(
          print(output), print(new TerminalStream(err, progressShown, errIsTerminal)), output);
    }

    /**
     * The exit code of a command that ended with {@code code}: {@link ExitCode#USAGE_ERROR}, with a
     * sentence, if not all of its output could be written. A pipe whose reader has ended is no
     * error. Nothing is buffered and no lock is taken: a terminal that is not read must not keep
     * the process alive.
     */
    public int exitCode(int code) {
      Optional<String> failure = output.failure.filter(reason -> !reason.equals(CLOSED_PIPE));
      failure.ifPresent(
          reason -> err.println("studbook: the output could not be written: " + reason));
      return failure.isPresent() && code < ExitCode.USAGE_ERROR ? ExitCode.USAGE_ERROR : code;
    }

    private static PrintStream print(OutputStream stream) {
      return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    try {
      endProgressLine(bytes[offset], bytes[offset + length - 1]);
      out.write(bytes, offset, length);
    } catch (IOException e) { // a PrintStream keeps it to itself
      failure = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void endProgressLine(byte first, byte last) throws IOException {
    if (first == '\r') {
      progressShown.set(last != '\n');
    } else if (progressShown.get()
        && terminal.getAsBoolean()
        && progressShown.getAndSet(false)
        && first != '\n') {
      out.write('\n');
    }
  }
}
