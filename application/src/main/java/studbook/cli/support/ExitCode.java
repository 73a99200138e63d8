package studbook.cli.support;

/** The exit codes of commands. */
public final class ExitCode {

  /** Done; nothing to do is done too. */
  public static final int DONE = 0;

  /** Done, but something failed. */
  public static final int DONE_WITH_FAILURES = 1;

  /** A usage or configuration error, reported in one sentence. */
  public static final int USAGE_ERROR = 2;

  /** Stopped or paused, and resumable. */
  public static final int STOPPED = 3;

  public static final int INTERNAL_ERROR = 4;

  private ExitCode() {}
}
