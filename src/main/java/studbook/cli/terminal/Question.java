package studbook.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import studbook.cli.support.Session;
import studbook.cli.support.StopSignal;
import studbook.cli.support.UserMistake;

/** A question that a person answers with yes or no. */
public record Question(Session session) {

  /** What came of a question. */
  public enum Answer {
    YES,
    NO,
    /** A signal came first. */
    STOPPED
  }

  /**
   * Asks where a person sits, until the answer is one; where nobody can be asked, or where told not
   * to ask, it is yes. The end of the input is no.
   */
  public Answer ask(String question, boolean unasked) throws IOException {
    if (session.stopSignal().isStopping()) {
      return Answer.STOPPED;
    }
    if (unasked || !session.surroundings().terminal()) {
      return Answer.YES;
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try (StopSignal.Scope _ = session.stopSignal().stops(() -> answer.complete(Answer.STOPPED))) {
      // A read of a terminal cannot be interrupted, so it has a thread of its own.
      Thread.ofPlatform().name("answer").daemon().start(() -> read(question, answer));
      Answer given = answer.get();
      if (given == Answer.STOPPED) {
        session.out().println();
      }
      return given;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.STOPPED;
    }
  }

  /**
   * The same for what cannot be undone.
   *
   * @param refusal why it is not done, and what to add, where nobody can be asked
   * @throws UserMistake where nobody can be asked and nobody has agreed beforehand
   */
  public Answer confirm(String question, boolean agreed, String refusal) throws IOException {
    if (!agreed && !session.surroundings().terminal()) {
      throw new UserMistake(refusal);
    }
    return ask(question, agreed);
  }

  private void read(String question, CompletableFuture<Answer> answer) {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
    try {
      while (!answer.isDone()) {
        session.out().print(question);
        session.out().flush();
        String line = reader.readLine();
        String word = line == null ? "no" : line.strip().toLowerCase(Locale.ROOT);
        if (word.matches("n|no")) {
          answer.complete(Answer.NO);
        } else if (word.matches("y|yes")) {
          answer.complete(Answer.YES);
        }
      }
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
