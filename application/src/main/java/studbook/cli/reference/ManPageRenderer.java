package studbook.cli.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Renders a command as a manual page in roff, from the same texts as its help. Picocli's own
 * generator writes AsciiDoc, which replaces "--" and "..." in our texts and needs another program.
 */
public final class ManPageRenderer {

  private static final int NO_WRAPPING = 10_000;
  private static final String ROOT = "studbook";

  private final String version;

  /**
   * For all commands.
   *
   * @param version of Studbook, for the footer of each page
   */
  public ManPageRenderer(String version) {
    this.version = version;
  }

  /** A page: the name of its file, such as {@code studbook-plan.1}, and its text. */
  public record ManPage(String file, String text) {}

  /** The pages of a command and of all its subcommands. */
  public List<ManPage> render(CommandLine command) {
    List<ManPage> pages = new ArrayList<>();
    pages.add(new ManPage(name(command.getCommandSpec()) + ".1", page(command)));
    for (CommandLine subcommand : subcommands(command)) {
      pages.addAll(render(subcommand));
    }
    return pages;
  }

  private static List<CommandLine> subcommands(CommandLine command) {
    return List.copyOf(command.getSubcommands().values());
  }

  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Help help = help(spec);
    RoffText roff = new RoffText(name(spec).toUpperCase(Locale.ROOT), "Studbook " + version);
    String[] description = spec.usageMessage().description();
    roff.section("NAME");
    roff.text(name(spec) + " - " + description[0].strip().replaceFirst("\\.$", ""));
    roff.section("SYNOPSIS");
    roff.bold(plain(help.synopsis(0)));
    roff.section("DESCRIPTION");
    roff.text(plain(String.join(" ", description)));
    addArguments(roff, help);
    addCommands(roff, command);
    addExitCodes(roff, spec);
    addFooter(roff, spec);
    roff.section("SEE ALSO");
    roff.text(
        related(command).stream().map(page -> page + "(1)").collect(Collectors.joining(", ")));
    return roff.toString();
  }

  private static Help help(CommandSpec spec) {
    spec.usageMessage().width(NO_WRAPPING);
    return new Help(spec, Help.defaultColorScheme(Ansi.OFF));
  }

  private static void addArguments(RoffText roff, Help help) {
    CommandSpec spec = help.commandSpec();
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(one -> !one.hidden()).toList();
    if (!parameters.isEmpty()) {
      roff.section("ARGUMENTS");
      parameters.forEach(one ->
          add(
              roff,
              help.createDefaultParameterRenderer()
                  .render(one, help.createDefaultParamLabelRenderer(), help.colorScheme())));
    }
    roff.section("OPTIONS");
    Stream<OptionSpec> options = spec.options().stream().filter(one -> !one.hidden());
    options
        .sorted(Comparator.comparing(one -> one.longestName().toLowerCase(Locale.ROOT)))
        .forEach(one ->
            add(
                roff,
                help.createDefaultOptionRenderer()
                    .render(one, help.createDefaultParamLabelRenderer(), help.colorScheme())));
  }

  /** The rows of picocli's help of an argument: marker, short name, comma, long name, text. */
  private static void add(RoffText roff, Text[][] rows) {
    Text[] first = rows[0];
    String separator = first[2].plainString();
    roff.item(
        first[1].plainString()
            + separator
            + (separator.isBlank() ? "" : " ")
            + first[3].plainString(),
        Stream.of(rows).map(row -> row[4].plainString()).collect(Collectors.joining(" ")));
  }

  private static void addCommands(RoffText roff, CommandLine command) {
    if (!command.getSubcommands().isEmpty()) {
      roff.section("COMMANDS");
      command
          .getSubcommands()
          .forEach(
              (name, one) -> roff.item(name, one.getCommandSpec().usageMessage().description()[0]));
    }
  }

  private static void addExitCodes(RoffText roff, CommandSpec spec) {
    if (!spec.usageMessage().exitCodeList().isEmpty()) {
      roff.section("EXIT STATUS");
      spec.usageMessage().exitCodeList().forEach(roff::item);
    }
  }

  /** Examples line by line; other footers as text. */
  private static void addFooter(RoffText roff, CommandSpec spec) {
    List<String> lines =
        Stream.of(spec.usageMessage().footer())
            .map(line -> plain(line).stripTrailing())
            .dropWhile(String::isBlank)
            .toList();
    if (lines.isEmpty()) {
      return;
    }
    if (!lines.getFirst().matches("Examples?:.*")) {
      roff.section("NOTES");
      roff.text(String.join(" ", lines));
      return;
    }
    roff.section("EXAMPLES");
    roff.lines(lines.stream().map(line -> line.replaceFirst("^(Examples?: *| {2,10})", "")));
  }

  private static String plain(String text) {
    return Ansi.OFF.string(text).strip();
  }

  private static List<String> related(CommandLine command) {
    List<String> names = new ArrayList<>();
    CommandSpec spec = command.getCommandSpec();
    for (CommandSpec parent = spec.parent(); parent != null; parent = parent.parent()) {
      names.addFirst(name(parent));
    }
    subcommands(command).forEach(one -> names.add(name(one.getCommandSpec())));
    return names.isEmpty() ? List.of(ROOT) : names;
  }

  /** Whether an argument appears in the help. */
  static boolean isShown(ArgSpec argument) {
    return !argument.hidden();
  }
}
