package studbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program's entry. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // The bars and dots are not in every locale's charset; a terminal of today reads UTF-8.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    Cli cli = new Cli(Surroundings.ofProcess());
    cli.stopSignal().install();
    int code = cli.run(arguments);
    System.out.flush();
    cli.stopSignal().over(code);
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
