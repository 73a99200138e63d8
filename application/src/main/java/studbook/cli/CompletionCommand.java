package studbook.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;

/** {@code studbook completion}. */
@Command(
    name = "completion",
    description = {
      "Print a shell completion script.",
      "Completes commands, options and error kinds."
    },
    footer = {
      "",
      "Examples: eval \"$(studbook completion bash)\"   in ~/.bashrc",
      "          eval \"$(studbook completion zsh)\"    in ~/.zshrc",
      "",
      "studbook must be on the PATH: ln -s \"$PWD/studbook\" ~/.local/bin/"
    })
final class CompletionCommand implements Callable<Integer> {

  enum ShellKind {
    bash,
    zsh
  }

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "Shell, bash or zsh.")
  @SuppressWarnings("unused") // one script serves both
  private ShellKind shell = ShellKind.bash;

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    // zsh reads bash's through its bashcompinit, which the script loads.
    context.out().print(AutoComplete.bash("studbook", spec.root().commandLine()));
    return ExitCode.DONE;
  }
}
