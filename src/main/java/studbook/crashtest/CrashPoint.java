package studbook.crashtest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place in the way of a horse where a process may die. Inert unless the JVM was started with
 * {@code -Dstudbook.crash=BEFORE_COMMIT} or, to let it pass some times first, {@code
 * -Dstudbook.crash=BEFORE_COMMIT:3}, which halts at the third pass. The halt runs no hook and no
 * finally, closes nothing and gives nothing back: for the database and the API it is a kill -9.
 * With {@code -Dstudbook.crash=BEFORE_COMMIT:3:memory} it takes all memory instead.
 *
 * <p>The property is read once, when the first point is passed; without it a point costs the test
 * of a constant. Safe for many threads.
 */
public enum CrashPoint {
  /** A piece is leased; nothing of it is asked yet. */
  AFTER_CLAIM,
  /** A slot of the budget is granted; nothing is sent in it yet. */
  AFTER_SLOT,
  /** The API has the request and begins to answer; nothing of the answer is read yet. */
  AFTER_SEND,
  /** An answer is read whole; nobody has it yet. */
  AFTER_BODY,
  /** A batch is written; its transaction is open still. */
  BEFORE_COMMIT,
  /** A batch is committed; nobody is told yet. */
  AFTER_COMMIT;

  /** Of the JVM: the point's name, behind a colon the pass at which it halts, and perhaps how. */
  public static final String PROPERTY = "studbook.crash";

  /** The exit code that shells give to what a kill -9 ended. */
  public static final int EXIT_CODE = 137;

  private static final boolean DRILL = System.getProperty(PROPERTY) != null;

  /** The process is here; where this point is armed and its pass has come, it dies. */
  public void reached() {
    if (DRILL && this == ArmedPoint.POINT && ArmedPoint.PASSES_LEFT.decrementAndGet() == 0) {
      if (ArmedPoint.BY_MEMORY) {
        takeAllMemory();
      }
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private static void takeAllMemory() {
    List<byte[]> taken = new ArrayList<>();
    while (taken.size() < Integer.MAX_VALUE) {
      taken.add(new byte[1 << 20]);
    }
  }

  /** What the property says; initialised in a drill only. */
  private static final class ArmedPoint {

    static final CrashPoint POINT;
    static final AtomicInteger PASSES_LEFT;
    static final boolean BY_MEMORY;

    static {
      String[] words = System.getProperty(PROPERTY, "").split(":", 3);
      POINT = CrashPoint.valueOf(words[0]);
      PASSES_LEFT = new AtomicInteger(words.length > 1 ? Integer.parseInt(words[1]) : 1);
      BY_MEMORY = words.length > 2 && words[2].equals("memory");
    }
  }
}
