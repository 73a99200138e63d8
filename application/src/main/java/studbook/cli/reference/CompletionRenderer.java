package studbook.cli.reference;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Renders completion scripts. Picocli has one for bash, which zsh reads as well. */
public final class CompletionRenderer {

  private static final String PROGRAM = "studbook";

  private CompletionRenderer() {}

  /** The script for bash; also for zsh if it is evaluated. */
  public static String bash(CommandLine program) {
    return AutoComplete.bash(PROGRAM, program);
  }

  /** A function for a folder of zsh's {@code fpath}. */
  public static String zsh(CommandLine program) {
    // zsh's stand-in for bash has no compopt, whose absence it would report at the first Tab.
    return "#compdef %s\ncompopt() { :; }\n%s\n_bash_complete -o default -F _complete_%s\n"
        .formatted(PROGRAM, bash(program), PROGRAM);
  }

  /** The script for fish. */
  public static String fish(CommandLine program) {
    StringBuilder script =
        new StringBuilder(
            """
            # Succeeds if the commands on the line are these.
            function __studbook_at
                set -l words
                for word in (commandline -opc)
                    contains -- $word %s; and set -a words $word
                end
                test "$words" = "$argv"
            end

            complete -c studbook -f
            """
                .formatted(String.join(" ", names(program))));
    add(script, program, List.of());
    return script.toString();
  }

  private static Set<String> names(CommandLine command) {
    Set<String> names = new TreeSet<>(command.getSubcommands().keySet());
    command.getSubcommands().values().forEach(one -> names.addAll(names(one)));
    return names;
  }

  private static void add(StringBuilder script, CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    String here =
        "complete -c studbook -n '%s'"
            .formatted(("__studbook_at " + String.join(" ", path)).strip());
    command
        .getSubcommands()
        .forEach((name, one) -> {
          script.append(here).append(" -a ").append(name);
          describe(script, one.getCommandSpec().usageMessage().description());
        });
    spec.positionalParameters().stream()
        .filter(ManPageRenderer::isShown)
        .map(CompletionRenderer::values)
        .filter(values -> !values.isEmpty())
        .forEach(values -> script.append(here).append(values).append('\n'));
    spec.options().stream()
        .filter(ManPageRenderer::isShown)
        .forEach(option -> {
          script.append(here).append(flags(option));
          describe(script, option.description());
        });
    command
        .getSubcommands()
        .forEach((name, one) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          add(script, one, longer);
        });
  }

  private static String flags(OptionSpec option) {
    StringBuilder flags = new StringBuilder();
    for (String name : option.names()) {
      flags.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      flags.append(option.arity().min() > 0 ? " -r" : "").append(values(option));
    }
    return flags.toString();
  }

  /** What a value may be: one of a few, or a file; empty if that is not known. */
  private static String values(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return " -a "
          + quoted(
              StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                  .collect(Collectors.joining(" ")));
    }
    Class<?> type = argument.type();
    return type == Path.class || type == File.class ? " -F" : "";
  }

  private static void describe(StringBuilder script, String[] description) {
    String text = Ansi.OFF.string(String.join(" ", description)).strip();
    script.append(" -d ").append(quoted(text.split("\\.(?: |$)", 2)[0])).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
