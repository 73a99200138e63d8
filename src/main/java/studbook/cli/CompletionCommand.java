package studbook.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Session;

/** {@code studbook completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands, options and kinds of errors.",
    footer = {
      "",
      "Examples: eval \"$(studbook completion bash)\"   in ~/.bashrc",
      "          eval \"$(studbook completion zsh)\"    in ~/.zshrc",
      "",
      "studbook must be on the PATH: ln -s \"$PWD/studbook\" ~/.local/bin/"
    })
final class CompletionCommand implements Callable<Integer> {

  enum Shell {
    bash,
    zsh
  }

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String script =
        switch (shell) { // zsh reads bash's through its bashcompinit, which the script loads
          case bash, zsh -> AutoComplete.bash("studbook", spec.root().commandLine());
        };
    session.out().print(script);
    return ExitCode.DONE;
  }
}
