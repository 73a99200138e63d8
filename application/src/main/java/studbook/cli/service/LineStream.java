package studbook.cli.service;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** What a command prints, line by line; remembers the last one. Safe for many threads. */
final class LineStream extends OutputStream {

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<String> last = Optional.empty();

  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  PrintStream printer() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int single) {
    if (single != '\n') {
      line.write(single);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
    line.reset();
    if (!text.isEmpty()) {
      last = Optional.of(text);
      lines.accept(text);
    }
  }

  /** The last line that is not blank. */
  synchronized Optional<String> last() {
    return last;
  }
}
