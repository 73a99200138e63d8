package studbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** The program's entry. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    TerminalStream.Pair streams =
        TerminalStream.Pair.over(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Screen::showsErrors);
    System.setOut(streams.out());
    System.setErr(streams.err());
    Cli cli = new Cli(Surroundings.ofProcess());
    cli.stopSignal().install(System.out);
    int code = cli.run(arguments);
    cli.stopSignal().over(code);
    System.exit(code);
  }
}
