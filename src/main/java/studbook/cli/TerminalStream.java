package studbook.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Stdout or stderr of a process. A progress line begins with a carriage return, is rewritten in
 * place and has no end; where another line follows, on either stream, the progress line is ended
 * first. The two streams share no lock, since a terminal that is not read blocks its writer.
 */
final class TerminalStream extends FilterOutputStream {

  private final AtomicBoolean progressShown;
  private final BooleanSupplier terminal;

  private TerminalStream(OutputStream out, AtomicBoolean progressShown, BooleanSupplier terminal) {
    super(out);
    this.progressShown = progressShown;
    this.terminal = terminal;
  }

  /** Both streams of a process; UTF-8, whatever the locale: today's terminals read it. */
  record Pair(PrintStream out, PrintStream err) {

    static Pair over(OutputStream out, OutputStream err, BooleanSupplier errIsTerminal) {
      AtomicBoolean progressShown = new AtomicBoolean();
      return new Pair(
          print(new TerminalStream(out, progressShown, () -> true)),
          print(new TerminalStream(err, progressShown, errIsTerminal)));
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
    if (bytes[offset] == '\r') {
      progressShown.set(bytes[offset + length - 1] != '\n');
    } else if (progressShown.get() && terminal.getAsBoolean() && progressShown.getAndSet(false)) {
      if (bytes[offset] != '\n') {
        out.write('\n');
      }
    }
    out.write(bytes, offset, length);
  }
}
