package studbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import studbook.cli.reference.CompletionRenderer;
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
      "          studbook completion fish | source     in ~/.config/fish/config.fish",
      "",
      "studbook must be on the PATH: ln -s \"$PWD/studbook\" ~/.local/bin/"
    })
final class CompletionCommand implements Callable<Integer> {

  enum ShellKind {
    bash,
    zsh,
    fish
  }

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "Shell, one of bash, zsh and fish.")
  private ShellKind shell = ShellKind.bash;

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    context
        .out()
        .print(
            switch (shell) {
              // zsh reads bash's through its bashcompinit, which the script loads.
              case bash, zsh -> CompletionRenderer.bash(program);
              case fish -> CompletionRenderer.fish(program);
            });
    return ExitCode.DONE;
  }
}
