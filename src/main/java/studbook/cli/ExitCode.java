package studbook.cli;

/** What a command's end means to whoever started it. */
final class ExitCode {

  /** Done; nothing to do is done too. */
  static final int DONE = 0;

  /** Done, but something is not good. */
  static final int NOT_GOOD = 1;

  /** The person's mistake, told in one sentence. */
  static final int MISTAKE = 2;

  /** Stopped or paused, and resumable. */
  static final int STOPPED = 3;

  static final int UNEXPECTED = 4;

  private ExitCode() {}
}
