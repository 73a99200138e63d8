package studbook.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A question that a person answers with yes or no. */
record Question(Session session) {

  /**
   * Asks where a person sits, until the answer is one; elsewhere, or where told not to ask, it is
   * yes. The end of the input is no.
   */
  boolean agreed(String question, boolean unasked) throws IOException {
    Surroundings surroundings = session.surroundings();
    if (unasked || !surroundings.terminal()) {
      return true;
    }
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    while (true) {
      session.out().print(question);
      session.out().flush();
      String answer = reader.readLine();
      if (answer == null || answer.strip().toLowerCase(Locale.ROOT).matches("n|no")) {
        return false;
      }
      if (answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
        return true;
      }
    }
  }
}
