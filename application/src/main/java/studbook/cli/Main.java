package studbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Locale;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.TerminalWidth;
import studbook.cli.terminal.TerminalStream;

/** The program's entry. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // Numbers that machines read: SQL, URLs and configuration files need the digits 0 to 9, which
    // %d does not write in an Arabic locale.
    Locale.setDefault(Locale.ROOT);
    TerminalStream.StreamPair streams =
        TerminalStream.StreamPair.over(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            TerminalWidth::showsErrors);
    System.setOut(streams.out());
    System.setErr(streams.err());
    CommandLineRunner runner = new CommandLineRunner(CommandEnvironment.ofProcess());
    runner.stopSignal().install(System.out);
    int code = streams.exitCode(runner.run(arguments));
    runner.stopSignal().completed(code);
    System.exit(code);
  }
}
