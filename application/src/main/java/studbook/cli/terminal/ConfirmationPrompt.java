package studbook.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.cli.support.UsageException;

/** A yes/no question to the user. */
public record ConfirmationPrompt(CommandContext context) {

  /** The answer to a question. */
  public enum PromptAnswer {
    YES,
    NO,
    /** A signal came first. */
    STOPPED
  }

  /**
   * Asks on a terminal until the answer is valid; yes without a terminal, or with an option that
   * skips the question. The end of the input is no.
   */
  public PromptAnswer ask(String question, boolean unasked) throws IOException {
    if (context.stopSignal().isStopping()) {
      return PromptAnswer.STOPPED;
    }
    if (unasked || !context.environment().terminal()) {
      return PromptAnswer.YES;
    }
    CompletableFuture<PromptAnswer> answer = new CompletableFuture<>();
    try (ShutdownScope _ =
        context.stopSignal().onShutdown(() -> answer.complete(PromptAnswer.STOPPED))) {
      // A read of a terminal cannot be interrupted, so it has its own thread.
      Thread.ofPlatform().name("answer").daemon().start(() -> read(question, answer));
      PromptAnswer given = answer.get();
      if (given == PromptAnswer.STOPPED) {
        context.out().println();
      }
      return given;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PromptAnswer.STOPPED;
    }
  }

  /**
   * The same for actions that cannot be undone.
   *
   * @param refusal the message without a terminal: why it is not done, and what to add
   * @throws UsageException without a terminal and without consent
   */
  public PromptAnswer confirm(String question, boolean agreed, String refusal) throws IOException {
    if (!agreed && !context.environment().terminal()) {
      throw new UsageException(refusal);
    }
    return ask(question, agreed);
  }

  private void read(String question, CompletableFuture<PromptAnswer> answer) {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(context.environment().in(), StandardCharsets.UTF_8));
    try {
      while (!answer.isDone()) {
        context.out().print(question);
        context.out().flush();
        String line = reader.readLine();
        String word = line == null ? "no" : line.strip().toLowerCase(Locale.ROOT);
        if (word.matches("n|no")) {
          answer.complete(PromptAnswer.NO);
        } else if (word.matches("y|yes")) {
          answer.complete(PromptAnswer.YES);
        }
      }
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
