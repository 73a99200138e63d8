package studbook.cli.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.dashboard.access.PasswordHashing;

/**
 * Reads a new password: twice on a terminal, where it is not displayed, otherwise the first line of
 * stdin. Never from the command line, which other users of the machine can see.
 */
final class PasswordInput {

  private PasswordInput() {}

  /**
   * Reads and hashes a password.
   *
   * @throws UsageException if it is too short or too long, or if the two differ
   */
  static String hash(CommandContext context) throws IOException, InterruptedException {
    String password = context.environment().terminal() ? ask(context) : firstLine(context);
    PasswordHashing.weakness(password)
        .ifPresent(reason -> {
          throw new UsageException(reason);
        });
    return new PasswordHashing().hash(password);
  }

  private static String ask(CommandContext context) throws IOException {
    try (AnswerPrompt prompt = AnswerPrompt.open(context)) {
      String first =
          prompt.secret(
              "Password (at least %d characters): ".formatted(PasswordHashing.MIN_LENGTH));
      if (!first.equals(prompt.secret("The same again: "))) {
        throw new UsageException("the two passwords differ; nothing is changed");
      }
      return first;
    } catch (InputEndedException e) {
      throw new UsageException("no password was entered; nothing is changed");
    }
  }

  private static String firstLine(CommandContext context) throws IOException {
    String line =
        new BufferedReader(
                new InputStreamReader(context.environment().in(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new UsageException("there is no password on stdin, and no terminal to ask on");
    }
    return line;
  }
}
