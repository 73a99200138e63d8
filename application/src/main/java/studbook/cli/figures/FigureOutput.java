package studbook.cli.figures;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import studbook.cli.support.CommandContext;
import studbook.cli.support.OutputFile;
import studbook.security.AtomicFile;

/** Writes a document to a new file, or to stdout. */
public final class FigureOutput {

  private FigureOutput() {}

  /** Writes the document. */
  public interface DocumentWriter {
    void write(Writer out) throws IOException;
  }

  /**
   * Writes it.
   *
   * @return whether to a file and not to stdout
   */
  public static boolean write(
      Path file, boolean replace, CommandContext context, DocumentWriter document) {
    if (file.toString().equals("-")) {
      toStdout(context, document);
      return false;
    }
    new OutputFile(file, "--force replaces a file")
        .write(() -> {
          Path place = context.environment().workingDirectory().resolve(file);
          try (AtomicFile target = AtomicFile.at(place, replace)) {
            document.write(target.writer());
            target.commit();
          }
        });
    return true;
  }

  /** A reader that closes the pipe is reported as the process ends. */
  private static void toStdout(CommandContext context, DocumentWriter document) {
    try {
      Writer out =
          new BufferedWriter(new OutputStreamWriter(context.out(), StandardCharsets.UTF_8));
      document.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
