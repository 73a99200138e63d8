package studbook.cli.wizard;

import java.util.List;
import java.util.Optional;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;

/**
 * The wizard's questions and messages.
 *
 * @param context of the command
 * @param prompt empty if nobody answers
 */
record WizardDialog(CommandContext context, Optional<AnswerPrompt> prompt) {

  private static final int INDENT = 2;

  boolean isInteractive() {
    return prompt.isPresent();
  }

  /** The terminal; only where somebody answers. */
  AnswerPrompt ask() {
    return prompt.orElseThrow();
  }

  /** Asks where somebody answers; otherwise the answer is {@code unasked}. */
  boolean agrees(String question, boolean usual, boolean unasked) throws InputEndedException {
    return prompt.isPresent() ? prompt.get().agrees(question, usual) : unasked;
  }

  void heading(String title) {
    context.println("");
    context.println(context.style().strong(title));
  }

  void say(String sentence) {
    context.print(sentence, INDENT);
  }

  void warn(String sentence) {
    context.print(context.style().warning("!") + " " + sentence, INDENT);
  }

  /**
   * Asks for one of several.
   *
   * @param options as they are listed, the likeliest first
   * @return its index; empty for another answer, which is then in {@code other}
   */
  int choose(String question, List<String> options) throws InputEndedException {
    for (int i = 0; i < options.size(); i++) {
      context.print("  %d  %s".formatted(i + 1, options.get(i)), 5);
    }
    while (true) {
      String answer = ask().line(question + " [1] ");
      if (answer.isEmpty()) {
        return 0;
      }
      if (answer.matches("\\d{1,4}")
          && Integer.parseInt(answer) >= 1
          && Integer.parseInt(answer) <= options.size()) {
        return Integer.parseInt(answer) - 1;
      }
      warn("Answer with a number from 1 to %d.".formatted(options.size()));
    }
  }

  /** Fails a command that nobody answers; the message names the option. */
  static UsageException missing(String sentence) {
    return new UsageException(sentence);
  }
}
