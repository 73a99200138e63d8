package studbook.cli.support;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command whose subcommands do the work. */
public abstract class SubcommandGroup implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Called without a subcommand. */
  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "missing subcommand: " + String.join(", ", spec.subcommands().keySet()));
  }
}
