package studbook.crashtest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A point in the processing of a horse at which a test can kill the process. Inert unless the JVM
 * was started with {@code -Dstudbook.crash=BEFORE_COMMIT} or, to halt at the third pass, {@code
 * -Dstudbook.crash=BEFORE_COMMIT:3}. The halt runs no hooks and no finally, closes and releases
 * nothing: for the database and the API it is a kill -9. {@code
 * -Dstudbook.crash=BEFORE_COMMIT:3:memory} exhausts the memory instead.
 *
 * <p>The property is read once, at the first point; without it a point costs a test of a constant.
 * Safe for many threads.
 */
public enum CrashPoint {
  /** A chunk is leased; none of its horses is requested yet. */
  AFTER_CLAIM,
  /** A permit is granted; nothing is sent yet. */
  AFTER_SLOT,
  /** The API has the request and begins to answer; nothing is read yet. */
  AFTER_SEND,
  /** A response is read; nothing has processed it yet. */
  AFTER_BODY,
  /** A batch is written; its transaction is still open. */
  BEFORE_COMMIT,
  /** A batch is committed; nothing is notified yet. */
  AFTER_COMMIT,
  /** An archive file is complete beside its place; its rows or its log are still there. */
  AFTER_ARCHIVE_WRITE,
  /** An archive file is in its place; its rows or its log are still there. */
  AFTER_ARCHIVE_MOVE;

  /**
   * JVM property: the point's name, after a colon the pass at which it halts, and optionally how.
   */
  public static final String PROPERTY = "studbook.crash";

  /** The exit code of shells for kill -9. */
  public static final int EXIT_CODE = 137;

  private static final boolean DRILL = System.getProperty(PROPERTY) != null;

  /** Marks that the process is here; kills it if this point is armed and its pass has come. */
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

  /** The parsed property; initialised in crash tests only. */
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
