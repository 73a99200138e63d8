package studbook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine;
import studbook.cli.option.GlobalOptions;
import studbook.cli.reference.CompletionRenderer;
import studbook.cli.reference.ManPageRenderer;
import studbook.cli.reference.ManPageRenderer.ManPage;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.ShutdownHandler;

/**
 * Writes the manual pages and completion scripts of a package below the directory that its argument
 * names, in the folders of {@code /usr/share}.
 */
final class PackageDocuments {

  private PackageDocuments() {}

  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), ProductVersion.current());
  }

  static void write(Path share, String version) throws IOException {
    for (ManPage page : new ManPageRenderer(version).render(program())) {
      save(share.resolve("man/man1").resolve(page.file()), page.text());
    }
    CommandLine program = program();
    save(share.resolve("bash-completion/completions/studbook"), CompletionRenderer.bash(program));
    save(share.resolve("zsh/vendor-completions/_studbook"), CompletionRenderer.zsh(program));
    save(
        share.resolve("fish/vendor_completions.d/studbook.fish"), CompletionRenderer.fish(program));
  }

  private static CommandLine program() {
    GlobalOptions options = new GlobalOptions();
    return CommandLineRunner.commandLine(
        new CommandContext(CommandEnvironment.ofProcess(), options, new ShutdownHandler()),
        options,
        Set.of());
  }

  private static void save(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
