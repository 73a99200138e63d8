package studbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.ExitCode;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.TerminalWidth;
import studbook.cli.terminal.TerminalStream.StreamPair;

/** The program's entry. */
public final class Main {

  private static final String[] VERSION = {"--version"};

  private Main() {}

  public static void main(String[] arguments) {
    if (Arrays.equals(arguments, VERSION)) {
      // Scripts ask for it often, and reading the command line takes longer than starting Java.
      StreamPair streams = openStreams();
      streams.out().println(ProductVersion.text());
      System.exit(streams.exitCode(ExitCode.DONE));
    }
    runAndExit(List.<String[]>of(arguments));
  }

  /** Runs one command after the other until one fails, and exits with the code of the last. */
  static void runAndExit(List<String[]> commands) {
    // Numbers that machines read: SQL, URLs and configuration files need the digits 0 to 9, which
    // %d does not write in an Arabic locale.
    Locale.setDefault(Locale.ROOT);
    // The JDK's HTTP client reads this once, before the first request to anywhere; by default it
    // never sends credentials to a proxy.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    StreamPair streams = openStreams();
    System.setOut(streams.out());
    System.setErr(streams.err());
    CommandLineRunner runner = new CommandLineRunner(CommandEnvironment.ofProcess());
    runner.stopSignal().install(System.out);
    int code = ExitCode.DONE;
    for (int i = 0; i < commands.size() && code == ExitCode.DONE; i++) {
      code = streams.exitCode(runner.run(commands.get(i)));
    }
    runner.stopSignal().completed(code);
    System.exit(code);
  }

  private static StreamPair openStreams() {
    return StreamPair.over(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        TerminalWidth::showsErrors);
  }
}
